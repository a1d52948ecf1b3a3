import { describe, expect, test } from "@jest/globals";
import { startGateway, type GraphqlAnswer, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";

const CAMPAIGNS = [
  ...Array.from({ length: 400 }, (_, n) => ({ id: `READ${n}`, status: "Draft" })),
  { id: "SENDING", status: "Sending", cancelDelayMs: 500 },
];

/** Reads that are not equal: those would share a call. */
const read = (n: number) => `{ campaign(id: "READ${n}") { id status } }`;

const CANCEL = `mutation {
  cancelCampaignSend(id: "SENDING", revision: "2026-07-15", action: CANCEL) { outcome campaign { status } }
}`;

/** With Klaviyo's limits on both sides. What comes in one request is batched or asked once, so each read is a request. */
async function startLimited(env: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  const clock = new HeldClock(false);
  return startGateway({ clock, env, simulator: { campaigns: CAMPAIGNS, limits: "klaviyo" } });
}

/** Lets time pass, from one event to the next, until it is answered. */
async function answered<T>({ clock }: TestGateway, work: Promise<T>): Promise<T> {
  let isOver = false;
  const watched = work.finally(() => (isOver = true));
  await until(() => {
    if (!isOver && clock.pendingCount > 0) clock.advance(Math.min(clock.untilNextMs, 50));
    return isOver;
  });
  return watched;
}

/** Of every answer that Klaviyo gave. */
const statusesOf = ({ logs }: TestGateway) =>
  logs.flatMap(({ msg, status }) => (msg === "klaviyo" && status !== undefined ? [status] : []));
const codeOf = ({ body }: GraphqlAnswer) => body.errors?.[0]?.extensions.code ?? "served";

describe("within Klaviyo's limits", () => {
  test("400 reads at once get what Klaviyo grants and not one 429; the rest is told at once, and when to come back", async () => {
    await using gateway = await startLimited();
    const answers = await answered(gateway, Promise.all(Array.from({ length: 400 }, (_, n) => gateway.query(read(n)))));
    expect(new Set(statusesOf(gateway))).toEqual(new Set([200]));
    const codes = answers.map(codeOf);
    expect(new Set(codes)).toEqual(new Set(["served", "RATE_LIMITED"]));
    expect(codes.filter((code) => code === "served")).toHaveLength(gateway.simulator.requests.length);
    const limited = answers.find((answer) => codeOf(answer) === "RATE_LIMITED");
    expect(limited?.body.errors[0].extensions.retryAfterMs).toBeGreaterThan(0);
  });

  test("a cancel is not held up by reads that wait, and sees the campaign stopped on what is kept for it", async () => {
    await using gateway = await startLimited();
    const reads = Promise.all(Array.from({ length: 300 }, (_, n) => gateway.query(read(n))));
    await until(() => gateway.simulator.requests.length >= 8);
    const askedMs = gateway.clock.now();
    const { body } = await answered(gateway, gateway.query(CANCEL));
    expect(body.data.cancelCampaignSend).toEqual({ outcome: "STOPPED", campaign: { status: "CANCELLED" } });
    expect(gateway.clock.now() - askedMs).toBeLessThanOrEqual(2_000);
    await answered(gateway, reads);
    expect(statusesOf(gateway)).not.toContain(429);
  });

  test("others that use the same account are noticed, and not run into", async () => {
    await using gateway = await startLimited();
    const headers = { authorization: "Klaviyo-API-Key pk_another_tool", revision: "2026-07-15" };
    for (let call = 0; call < 145; call++) {
      if (call % 10 === 0) gateway.clock.advance(1_000);
      await fetch(`${gateway.simulatorUrl}/api/campaigns/READ0`, { headers });
    }
    gateway.clock.advance(1_000);
    gateway.simulator.clearRequests();
    const codes: string[] = [];
    for (let n = 0; n < 8; n++) codes.push(codeOf(await answered(gateway, gateway.query(read(n)))));
    expect(statusesOf(gateway)).not.toContain(429);
    expect(codes).toContain("served");
    expect(codes.at(-1)).toBe("RATE_LIMITED");
  });
});

test("a limit that is configured replaces Klaviyo's", async () => {
  await using gateway = await startLimited({ KLAVIYO_LIMITS: "get_campaign=2/3" });
  const answers = await answered(gateway, Promise.all(Array.from({ length: 20 }, (_, n) => gateway.query(read(n)))));
  expect(answers.map(codeOf).filter((code) => code === "served")).toHaveLength(2);
  expect(gateway.simulator.requests).toHaveLength(2);
});
