import { describe, expect, test } from "@jest/globals";
import type { SimulatorOptions } from "../../src/simulator/simulator.js";
import { ONE_ATTEMPT, startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { type HoldingProxy, startHoldingProxy } from "../support/holding-proxy.js";
import { leavingClient } from "../support/leaving-client.js";
import { until } from "../support/until.js";

const REPORT = "/api/campaign-values-reports";
const CAMPAIGNS = (["email", "sms", "mobile_push"] as const).map((channel, n) => ({
  id: `C${n}`,
  status: "Sent",
  channel,
  messages: [{ id: `M${n}` }],
  statistics: { opens: n + 1 },
}));

const STATISTICS = `statistics(conversionMetricId: "RESQ6t") { opens }`;
const list = (channel: string) => `campaigns(channel: ${channel}) { nodes { id ${STATISTICS} } }`;
const OF_ALL_CHANNELS = `{ e: ${list("EMAIL")} s: ${list("SMS")} p: ${list("MOBILE_PUSH")} }`;

interface Started extends AsyncDisposable {
  readonly gateway: TestGateway;
  readonly klaviyo: HoldingProxy;
}

/** A gateway over a Klaviyo that answers when the test says so, on a clock that moves when the test says so. */
async function start(env: Readonly<Record<string, string>> = {}, options: SimulatorOptions = {}): Promise<Started> {
  const clock = new HeldClock(false);
  const now = () => clock.trueMs();
  const klaviyo = await startHoldingProxy({ now, limits: "off", campaigns: CAMPAIGNS, ...options });
  const gateway = await startGateway({ clock, upstreamUrl: klaviyo.url, env });
  const close = async () => {
    await gateway.close();
    await klaviyo[Symbol.asyncDispose]();
  };
  return { gateway, klaviyo, [Symbol.asyncDispose]: close };
}

/** Lets Klaviyo answer what has something in its path, as soon as that is asked. */
async function release({ held }: HoldingProxy, text: string): Promise<void> {
  const find = () => held.find(({ path }) => decodeURIComponent(path).includes(text));
  await until(() => find() !== undefined);
  find()?.release();
}

const reportsOf = ({ held }: HoldingProxy) => held.filter(({ path }) => path === REPORT).length;
const isHeldBack = ({ clock }: TestGateway, ms: number) => until(() => clock.untilNextMs === ms);

/** Time enough for whatever needs no more than turns of the event loop. */
async function manyTurns(): Promise<void> {
  let turns = 0;
  await until(() => (turns += 1) > 100);
}

describe("statistics of several lists", () => {
  test.each(["on", "off"])("are one report, however far apart the lists come (compiled: %s)", async (compiled) => {
    await using started = await start({ COMPILED_OPERATIONS: compiled });
    const { gateway, klaviyo } = started;
    const answer = gateway.query(OF_ALL_CHANNELS);
    await release(klaviyo, '"sms"');
    await isHeldBack(gateway, 1_000);
    gateway.clock.advance(400);
    await release(klaviyo, '"email"');
    await manyTurns();
    gateway.clock.advance(400);
    expect(reportsOf(klaviyo)).toBe(0);
    await release(klaviyo, '"mobile_push"');
    await release(klaviyo, REPORT);
    const { body } = await answer;
    expect(body.errors).toBeUndefined();
    const nodes = (n: number) => ({ nodes: [{ id: `C${n}`, statistics: { opens: n + 1 } }] });
    expect(body.data).toEqual({ e: nodes(0), s: nodes(1), p: nodes(2) });
    expect(reportsOf(klaviyo)).toBe(1);
  });

  test.each(["on", "off"])("keep within what Klaviyo grants for reports (compiled: %s)", async (compiled) => {
    const env = { COMPILED_OPERATIONS: compiled };
    await using gateway = await startGateway({ env, simulator: { limits: "klaviyo", campaigns: CAMPAIGNS } });
    for (const ms of [20, 40]) {
      gateway.simulator.addFault({ match: { path: "/api/campaigns" }, answer: { kind: "delay", ms } });
    }
    const { body } = await gateway.query(OF_ALL_CHANNELS);
    expect(body.errors).toBeUndefined();
    expect(gateway.simulator.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test("wait for campaigns that take one read after another", async () => {
    await using started = await start();
    const { gateway, klaviyo } = started;
    const byIds = ["C1", "C2", "D1", "D2"].map((id) => `${id}: campaign(id: "${id}") { name ${STATISTICS} }`);
    const answer = gateway.query(`{ e: ${list("EMAIL")} ${byIds.join(" ")} }`);
    await release(klaviyo, `equals(messages.channel,"email"),equals(archived,false)`);
    await isHeldBack(gateway, 1_000);
    let released = 1;
    // One channel first, then the others, then those that are archived, then each by itself.
    while (reportsOf(klaviyo) === 0) {
      await until(() => klaviyo.held.length > released);
      klaviyo.held[released]?.release();
      released += 1;
    }
    const { body } = await answer;
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({ C1: { statistics: { opens: 2 } }, C2: { statistics: { opens: 3 } }, D1: null });
    expect(released).toBeGreaterThan(6);
    expect(reportsOf(klaviyo)).toBe(1);
  });

  test("wait a second at most for a list that does not come", async () => {
    await using started = await start();
    const { gateway, klaviyo } = started;
    const answer = gateway.query(OF_ALL_CHANNELS);
    await release(klaviyo, '"email"');
    await release(klaviyo, '"sms"');
    await isHeldBack(gateway, 1_000);
    gateway.clock.advance(999);
    await manyTurns();
    expect(reportsOf(klaviyo)).toBe(0);
    gateway.clock.advance(1);
    await until(() => reportsOf(klaviyo) === 1);
    await release(klaviyo, REPORT);
    await release(klaviyo, '"mobile_push"');
    await until(() => reportsOf(klaviyo) === 2);
    for (const { release: answerIt } of klaviyo.held) answerIt();
    expect((await answer).body.errors).toBeUndefined();
  });

  test("wait for half of the time that is left, where that is less", async () => {
    await using started = await start();
    const { gateway, klaviyo } = started;
    const answer = gateway.query(OF_ALL_CHANNELS, {}, { "x-request-timeout-ms": "800" });
    await release(klaviyo, '"email"');
    await isHeldBack(gateway, 400);
    gateway.clock.advance(400);
    await release(klaviyo, REPORT);
    await manyTurns();
    gateway.clock.advance(400);
    const { body } = await answer;
    expect(body.data).toEqual({ e: { nodes: [{ id: "C0", statistics: { opens: 1 } }] }, s: null, p: null });
  });

  test("do not wait for a list that has failed", async () => {
    await using started = await start(ONE_ATTEMPT);
    const { gateway, klaviyo } = started;
    const answer = gateway.query(`{ e: ${list("EMAIL")} s: ${list("SMS")} }`);
    await release(klaviyo, '"email"');
    await isHeldBack(gateway, 1_000);
    klaviyo.simulator.addFault({ match: { path: "/api/campaigns" }, answer: { kind: "status", status: 400 } });
    await release(klaviyo, '"sms"');
    await release(klaviyo, REPORT);
    const { body } = await answer;
    expect(body.data).toEqual({ e: { nodes: [{ id: "C0", statistics: { opens: 1 } }] }, s: null });
    expect(gateway.clock.now()).toBe(0);
  });

  test("are not asked for where nobody waits any more", async () => {
    await using started = await start();
    const { gateway, klaviyo } = started;
    const { leave, left } = leavingClient(gateway, OF_ALL_CHANNELS);
    await release(klaviyo, '"email"');
    await isHeldBack(gateway, 1_000);
    leave();
    expect(await left).toBe("left");
    await until(() => gateway.clock.pendingCount === 0);
    await manyTurns();
    expect(reportsOf(klaviyo)).toBe(0);
  });
});

describe("statistics of one list", () => {
  test("are asked for as soon as it is there, whatever else is read that leads to no campaigns", async () => {
    await using started = await start();
    const { gateway, klaviyo } = started;
    const answer = gateway.query(`{ e: ${list("EMAIL")} metrics { nodes { id } } }`);
    await release(klaviyo, '"email"');
    await release(klaviyo, REPORT);
    await release(klaviyo, "/api/metrics");
    expect((await answer).body.errors).toBeUndefined();
    expect(gateway.clock.now()).toBe(0);
  });
});
