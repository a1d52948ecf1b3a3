import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createApp } from "../../src/app.js";
import { CANCEL, ID } from "../support/cancel.js";
import { type GraphqlAnswer, post, startGateway, testConfig, type TestGateway } from "../support/gateway.js";
import { until } from "../support/until.js";

const EXAMPLE = "schema/example-manifest.json";
const LISTED = ["cancel-campaign-send", "campaign", "campaigns"];
const PRESS = { id: ID, revision: "2026-07-15", action: "CANCEL" };

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "safelist-"));
  path = join(directory, "manifest.json");
  await writeFile(path, await readFile(EXAMPLE));
});
afterEach(() => rm(directory, { recursive: true }));

function start(mode: string, more: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  return startGateway({
    env: { PERSISTED_OPERATIONS: mode, PERSISTED_OPERATIONS_MANIFEST: path, ...more },
    simulator: { campaigns: [{ id: ID, status: "Sending" }] },
  });
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly body: string;
}

async function entries(): Promise<readonly Entry[]> {
  return JSON.parse(await readFile(EXAMPLE, "utf8")).operations;
}

/** As Apollo Client sends it: with `__typename` everywhere. */
async function bodyOf(name: string): Promise<string> {
  return (await entries()).find((entry) => entry.name === name)?.body ?? "";
}

test("the example manifest is what Apollo's tool makes of the example operations, and the cancel is on it", async () => {
  const config = join(directory, "config.json");
  const output = join(directory, "out.json");
  await writeFile(config, JSON.stringify({ documents: [`schema/operations/{${LISTED.join(",")}}.graphql`], output }));
  const tool = join(dirname(require.resolve("@apollo/generate-persisted-query-manifest/package.json")), "cli.js");
  await promisify(execFile)(process.execPath, [tool, "--config", config]);
  expect(JSON.parse(await readFile(output, "utf8"))).toEqual(JSON.parse(await readFile(EXAMPLE, "utf8")));
  expect((await entries()).map(({ name }) => name)).toContain("CancelCampaignSend");
}, 30_000);

describe("enforce", () => {
  test("runs what is listed, as the manifest and as the source file has it, and by its id alone", async () => {
    await using gateway = await start("enforce");
    const { id, body } = (await entries()).find(({ name }) => name === "CancelCampaignSend") as Entry;
    const hash = { persistedQuery: { version: 1, sha256Hash: id } };
    for (const request of [
      { query: body },
      { query: body.replaceAll(/\s+/g, " ") },
      { query: `# from the operations folder\n${body}` },
      { extensions: hash },
    ]) {
      const answer = await post(gateway.url, { ...request, variables: PRESS });
      expect(answer.body.data.cancelCampaignSend.outcome).toMatch(/STOPPED/);
    }
  });

  test("knows a listed cancel by its id alone where there is no room for anything else", async () => {
    await using gateway = await start("enforce", { MAX_REQUESTS: "1" });
    gateway.simulator.addFault({ answer: { kind: "black-hole" } });
    const slow = gateway.query(await bodyOf("Campaign"), { id: "SLOW" });
    await until(() => gateway.simulator.requests.length === 1);
    const pressed = async (name: string) => {
      const entry = (await entries()).find((candidate) => candidate.name === name);
      const extensions = { persistedQuery: { version: 1, sha256Hash: entry?.id } };
      return post(gateway.url, { extensions, variables: PRESS });
    };
    expect((await pressed("Campaign")).status).toBe(503);
    expect((await pressed("CancelCampaignSend")).body.data.cancelCampaignSend.outcome).toBe("STOPPED");
    gateway.clock.advance(10_000);
    await slow;
  });

  test.each([
    ["another operation", "{ __typename }"],
    ["a cancel of another shape", CANCEL],
    ["a misspelling, without help", "{ campagn { id } }"],
    ["introspection", "{ __schema { types { name } } }"],
    ["the subgraph's schema", "{ _service { sdl } }"],
    ["what is not GraphQL", "SELECT 1"],
    ["what is too long", `{ ${"__typename ".repeat(3_000)} }`],
  ])("refuses %s, and says nothing else", async (_what, query) => {
    await using gateway = await start("enforce");
    const { status, body } = await gateway.query(query, PRESS);
    expect([status, body]).toEqual([
      400,
      {
        errors: [
          {
            message: "Only operations of the safelist are run, and this is none of them.",
            extensions: { code: "QUERY_NOT_IN_SAFELIST" },
          },
        ],
      },
    ]);
    expect(gateway.simulator.requests).toEqual([]);
  });

  test("does not let an automatic persisted query in by the back door", async () => {
    await using gateway = await start("enforce");
    const query = "{ __typename }";
    const extensions = {
      persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(query).digest("hex") },
    };
    expect((await post(gateway.url, { query, extensions })).body.errors[0].extensions.code).toBe(
      "QUERY_NOT_IN_SAFELIST",
    );
    expect((await post(gateway.url, { extensions })).body.errors[0].extensions.code).toBe("PERSISTED_QUERY_NOT_FOUND");
  });
});

test("log runs everything, and names each unlisted operation once", async () => {
  await using gateway = await start("log");
  for (const query of ["query Mine { __typename }", "query Mine {\n  __typename\n}", await bodyOf("Campaign")])
    expect((await gateway.query(query, { id: ID })).body.data).toBeTruthy();
  const reports = gateway.logs.filter(({ msg }) => msg === "not in the safelist");
  expect(reports).toEqual([expect.objectContaining({ operationName: "Mine", sha256: expect.any(String) })]);
});

describe("a manifest that changes", () => {
  const sdl = "{ _service { sdl } }";
  const withMore = async () => {
    const manifest = JSON.parse(await readFile(EXAMPLE, "utf8"));
    manifest.operations.push({ id: "sdl", name: "Sdl", type: "query", body: sdl });
    await writeFile(path, JSON.stringify(manifest));
  };

  test("is read again, without a restart", async () => {
    await using gateway = await start("enforce");
    expect((await gateway.query(sdl)).status).toBe(400);
    await withMore();
    gateway.clock.advance(5_000);
    await until(() => gateway.logs.some(({ msg }) => msg === "safelist read again"));
    expect((await gateway.query(sdl)).status).toBe(200);
  });

  test.each(["{", `{"format":"other"}`, `{"format":"apollo-persisted-query-manifest","version":1,"operations":[{}]}`])(
    "to `%s` leaves the one before in use, and says so",
    async (text) => {
      await using gateway = await start("enforce");
      await writeFile(path, text);
      gateway.clock.advance(5_000);
      await until(() => gateway.logs.some(({ msg }) => String(msg).startsWith("safelist cannot be read")));
      expect((await gateway.query(await bodyOf("Campaign"), { id: ID })).status).toBe(200);
      await withMore();
      gateway.clock.advance(5_000);
      await until(() => gateway.logs.some(({ msg }) => msg === "safelist read again"));
    },
  );

  test("while part of a mutation is done does not have it refused", async () => {
    const query = `mutation Counted($metric: ID!) {
      cancelCampaignSend(id: "${ID}", revision: "2026-07-15", action: CANCEL) {
        campaign { statistics(conversionMetricId: $metric) { opens } }
      }
    }`;
    const before = await readFile(EXAMPLE, "utf8");
    const { operations, ...manifest } = JSON.parse(before);
    const more = [...operations, { id: "counted", name: "Counted", type: "mutation", body: query }];
    await writeFile(path, JSON.stringify({ ...manifest, operations: more }));
    await using gateway = await start("enforce");
    expect((await gateway.query(query, { metric: "RESQ6t" })).status).toBe(200);
    const isPatched = () => gateway.simulator.requests.filter(({ method }) => method === "PATCH").length === 2;
    gateway.simulator.addFault({ answer: { kind: "black-hole" }, times: "always" });
    let answer: GraphqlAnswer | undefined;
    const asked = gateway.query(query, { metric: "no id" }).then((given) => (answer = given));
    await until(isPatched);
    await writeFile(path, before);
    gateway.clock.advance(5_000);
    await until(() => gateway.logs.some(({ msg }) => msg === "safelist read again"));
    expect(answer).toBeUndefined();
    gateway.simulator.clearFaults();
    // Only a campaign that can be read has statistics.
    const match = { method: "GET", path: "/api/campaign-send-jobs/*" };
    gateway.simulator.addFault({ match, answer: { kind: "black-hole" }, times: "always" });
    await until(() => {
      gateway.clock.advance(20);
      return answer !== undefined;
    });
    const { body } = await asked;
    expect(body.errors).toMatchObject([
      { path: ["cancelCampaignSend", "campaign", "statistics"], extensions: { code: "BAD_USER_INPUT" } },
    ]);
    expect((await gateway.query(query, { metric: "no id" })).body.errors[0].extensions.code).toBe(
      "QUERY_NOT_IN_SAFELIST",
    );
  });

  test("and cannot be used at the start ends the start", async () => {
    await writeFile(path, "{}");
    const app = createApp(testConfig({ PERSISTED_OPERATIONS: "enforce", PERSISTED_OPERATIONS_MANIFEST: path }));
    await expect(app.listen()).rejects.toThrow("apollo-persisted-query-manifest");
    await app.close();
  });
});
