import { describe, expect, test } from "@jest/globals";
import type { ReadRecord } from "../../src/klaviyo/read-record.js";
import { RepeatedAnswers } from "../../src/server/repeated-answers.js";
import { ID, READ, wire } from "../support/cancel.js";
import { compiledRuns } from "../support/compiled-runs.js";
import { type GraphqlAnswer, startGateway, type TestGateway, type TestGatewayOptions } from "../support/gateway.js";
import { until } from "../support/until.js";

const ONE = `{ campaign(id: "${ID}") { name tags { name } } }`;
const PAGE = `query ($first: Int) { campaigns(channel: EMAIL, first: $first) { nodes { id name } } }`;
const RENAME = `mutation { updateCampaign(id: "${ID}", input: { name: "New" }) { outcome } }`;
/** Its campaign comes with the answer of the write, and its audience is kept for longer than a write lasts. */
const CREATE = `mutation ($input: CampaignCreateInput!) {
  createCampaign(input: $input) { campaign { id audiences { included { ... on List { name } } } } }
}`;
const EMAIL = { label: "News", content: { subject: "News", fromEmail: "shop@example.com", fromLabel: "Shop" } };
const NEWS = { name: "News", audiences: { included: ["Y6nRLr"] }, messages: [{ email: EMAIL }] };
const STATISTICS = `{ campaign(id: "${ID}") { statistics(conversionMetricId: "RESQ6t") { ageMs } } }`;

function start(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const simulator = { campaigns: [{ id: ID, name: "Old", status: "Draft" as const }] };
  const env = { KLAVIYO_CACHE: "on", METRICS_PORT: "0", COMPILED_OPERATIONS: "on", ...options.env };
  return startGateway({ simulator, ...options, env });
}

/** The careful way, and twice from what is kept: whatever can be given again is, from the fourth time on. */
async function learn(gateway: TestGateway, ask: () => Promise<GraphqlAnswer>): Promise<void> {
  for (let time = 0; time < 3; time++) await ask();
  expect((await compiledRuns(gateway)).done).toBeGreaterThan(0);
}

const repeated = async (gateway: TestGateway) => (await compiledRuns(gateway)).repeated;

describe("an answer is given again as it was written", () => {
  test("while what it was made of is fresh, and what was read is counted as ever", async () => {
    await using gateway = await start();
    const ask = () => gateway.query(ONE);
    await learn(gateway, ask);
    const before = await repeated(gateway);
    gateway.clock.advance(1_000);
    expect((await ask()).body).toEqual({ data: { campaign: { name: "Old", tags: [] } } });
    expect(await repeated(gateway)).toBe(before + 1);
    gateway.clock.advance(1);
    await ask();
    expect(await repeated(gateway)).toBe(before + 1);
    expect(wire(gateway)).toEqual([READ, READ]);
    const url = gateway.logs.find(({ msg }) => msg === "metrics")?.["url"];
    const text = await (await fetch(String(url))).text();
    expect(text).toContain('gateway_klaviyo_reads_total{operation="get_campaign",outcome="hit"} 3');
  });

  test("to nobody any more when something has been changed", async () => {
    await using gateway = await start();
    const ask = () => gateway.query(ONE);
    await learn(gateway, ask);
    await gateway.query(RENAME);
    expect((await ask()).body.data.campaign.name).toBe("New");
  });

  test("not when a newer one has been fetched meanwhile", async () => {
    await using gateway = await start();
    const ask = () => gateway.query(PAGE, { first: 5 });
    await learn(gateway, ask);
    gateway.simulator.addCampaign({ id: "SECOND", status: "Draft" });
    gateway.clock.advance(1_001);
    expect((await ask()).body.data.campaigns.nodes).toHaveLength(1);
    await until(() => wire(gateway).length === 2);
    await until(() => gateway.logs.filter(({ msg }) => msg === "klaviyo").length === 2);
    expect((await ask()).body.data.campaigns.nodes).toHaveLength(2);
  });

  test("not to another question", async () => {
    await using gateway = await start();
    gateway.simulator.addCampaign({ id: "SECOND", status: "Draft" });
    await learn(gateway, () => gateway.query(PAGE, { first: 2 }));
    expect((await gateway.query(PAGE, { first: 1 })).body.data.campaigns.nodes).toHaveLength(1);
  });

  test("not to those who may see less", async () => {
    const secret = "a-secret-of-the-router";
    await using gateway = await start({ env: { AUTH: "router", AUTH_ROUTER_SECRETS: secret } });
    const as = (scopes: string) => ({
      "x-router-secret": secret,
      "x-caller-subject": "anna",
      "x-caller-scopes": scopes,
    });
    await learn(gateway, () => gateway.query(ONE, {}, as("campaigns:read tags:read")));
    const { body } = await gateway.query(ONE, {}, as("campaigns:read"));
    expect(body.errors[0].extensions.code).toBe("FORBIDDEN");
    expect(body.data.campaign.tags).toBeNull();
    const nobody = await gateway.query(ONE, {}, { "x-router-secret": secret });
    expect(nobody.body.errors[0].extensions.code).toBe("UNAUTHENTICATED");
  });

  test("never where an age is told", async () => {
    await using gateway = await start();
    const ask = () => gateway.query(STATISTICS);
    await learn(gateway, ask);
    const before = (await ask()).body.data.campaign.statistics.ageMs;
    gateway.clock.advance(500);
    expect((await ask()).body.data.campaign.statistics.ageMs).toBe(before + 500);
    expect(await repeated(gateway)).toBe(0);
  });

  test("never a mutation's, also where all that was read for it is kept", async () => {
    await using gateway = await start();
    const made = new Set<unknown>();
    for (let time = 0; time < 5; time++) {
      const { campaign } = (await gateway.query(CREATE, { input: NEWS })).body.data.createCampaign;
      expect(campaign.audiences.included).toEqual([{ name: expect.any(String) }]);
      made.add(campaign.id);
    }
    expect(made.size).toBe(5);
    expect(await repeated(gateway)).toBe(0);
  });

  test("nor anything with KLAVIYO_CACHE=off", async () => {
    await using gateway = await start({ env: { KLAVIYO_CACHE: "off" } });
    await learn(gateway, () => gateway.query(ONE));
    expect(await repeated(gateway)).toBe(0);
    expect(wire(gateway)).toEqual([READ, READ, READ]);
  });
});

test("what its reads take counts for an answer's room, however short it is", () => {
  const again = { isAsGoodAsNew: () => true, record: () => {} };
  const reads: ReadRecord[] = Array(20).fill({ operation: "get_list", outcome: "hit", ageMs: 0, again });
  const answers = new RepeatedAnswers();
  for (let n = 0; n < 500; n++) answers.keep(`question ${n}`, "{}", reads);
  expect([answers.find("question 0"), answers.find("question 499")]).toEqual([undefined, "{}"]);
});
