import { describe, expect, test } from "@jest/globals";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { createKeyFile, type KeyFile } from "../support/key-file.js";
import { until } from "../support/until.js";

const OLD = "pk_old_0123456789abcdef";
// It begins as the old one does: what is struck out of the log must not leave the rest of it.
const NEW = `${OLD}_and_more`;
const TOO_LONG = `pk_${"0".repeat(998)}`;
const AGAIN = "key read again";
const FAILED = "key cannot be read; the one before stays in use";

const CAMPAIGNS = Array.from({ length: 20 }, (_, n) => ({ id: `READ${n}`, status: "Draft" }));
const read = (n: number) => `{ campaign(id: "READ${n}") { id } }`;

function start(file: KeyFile, env: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  const key = { KLAVIYO_API_KEY: "", KLAVIYO_API_KEY_FILE: file.path };
  return startGateway({ env: { ...key, LOG_LEVEL: "trace", ...env }, simulator: { campaigns: CAMPAIGNS } });
}

const keysSent = ({ simulator }: TestGateway) => simulator.requests.map(({ headers }) => headers["authorization"]);
const count = ({ logs }: TestGateway, msg: string) => logs.filter((line) => line["msg"] === msg).length;

/** Lets the gateway look at its file until it says so once more. */
async function look(gateway: TestGateway, msg: string): Promise<void> {
  const before = count(gateway, msg);
  gateway.clock.advance(5_000);
  await until(() => count(gateway, msg) > before);
}

describe("a key that is replaced while the gateway runs", () => {
  test("goes out with the next call, and is in the log no more than the one before", async () => {
    await using file = await createKeyFile(`${OLD}\n`);
    await using gateway = await start(file);
    await gateway.query(read(0));
    await file.replace(`${NEW}\n`);
    await look(gateway, AGAIN);
    await gateway.query(read(1));
    expect(keysSent(gateway)).toEqual([`Klaviyo-API-Key ${OLD}`, `Klaviyo-API-Key ${NEW}`]);
    // A request puts both into the log, in a place where anybody can write.
    for (const key of [OLD, NEW]) await fetch(`${gateway.url}/${key}`, { headers: { "x-request-id": key } });
    await until(() => gateway.logs.filter(({ path }) => path === "/[secret]").length === 2);
    expect(gateway.rawLogs.join("")).not.toMatch(/pk_|_and_more/);
  });

  test.each(["", "pk_cut", "pk_bad_0123456789 abcdef", "pk_bad_0123456789\u0000", TOO_LONG])(
    "by %j stays, which the log says without showing it, until there is a good one",
    async (text) => {
      await using file = await createKeyFile(OLD);
      await using gateway = await start(file);
      await file.replace(text);
      await look(gateway, FAILED);
      await gateway.query(read(0));
      await file.replace(NEW);
      await look(gateway, AGAIN);
      await gateway.query(read(1));
      expect(keysSent(gateway)).toEqual([`Klaviyo-API-Key ${OLD}`, `Klaviyo-API-Key ${NEW}`]);
      expect(gateway.rawLogs.join("")).not.toContain("pk_");
    },
  );

  test("by nothing at all stays, too", async () => {
    await using file = await createKeyFile(OLD);
    await using gateway = await start(file);
    await file.remove();
    await look(gateway, FAILED);
    await gateway.query(read(0));
    expect(keysSent(gateway)).toEqual([`Klaviyo-API-Key ${OLD}`]);
  });

  test("belongs to the same account: what the old one used of its limits stays used", async () => {
    await using file = await createKeyFile(OLD);
    await using gateway = await start(file, { KLAVIYO_LIMITS: "get_campaign=4/4,get_campaigns=4/4" });
    const codeOf = async (n: number) => (await gateway.query(read(n))).body.errors?.[0]?.extensions.code ?? "served";
    const before = [];
    for (let n = 0; n < 6; n++) before.push(await codeOf(n));
    expect([before[0], before[5]]).toEqual(["served", "RATE_LIMITED"]);
    await file.replace(NEW);
    await look(gateway, AGAIN);
    expect(await codeOf(6)).toBe("RATE_LIMITED");
    expect(keysSent(gateway)).not.toContain(`Klaviyo-API-Key ${NEW}`);
    gateway.clock.advance(60_000);
    expect(await codeOf(7)).toBe("served");
    expect(keysSent(gateway).at(-1)).toBe(`Klaviyo-API-Key ${NEW}`);
  });
});
