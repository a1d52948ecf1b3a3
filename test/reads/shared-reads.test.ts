import { describe, expect, test } from "@jest/globals";
import { CANCEL, ID, PATCH, READ, wire } from "../support/cancel.js";
import { ONE_ATTEMPT, startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { leavingClient } from "../support/leaving-client.js";
import { until } from "../support/until.js";

const QUERY = `{ campaign(id: "${ID}") { status } }`;

/** A campaign whose first read is answered when the test says so. */
async function startHeld(status = "Sending"): Promise<{ gateway: TestGateway; let: () => void }> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const clock = new HeldClock(false);
  const gateway = await startGateway({
    clock,
    env: ONE_ATTEMPT,
    simulator: { campaigns: [{ id: ID, status }], sleep: () => held },
  });
  gateway.simulator.addFault({ match: { method: "GET" }, answer: { kind: "delay", ms: 1 } });
  return { gateway, let: release };
}

const attempts = (gateway: TestGateway) => gateway.logs.filter(({ msg }) => msg === "klaviyo");
const gone = (gateway: TestGateway) => gateway.logs.filter(({ status }) => status === "client gone").length;

describe("equal reads in flight", () => {
  test("of several requests are one call", async () => {
    const { gateway, let: answer } = await startHeld();
    await using _ = gateway;
    const first = gateway.query(QUERY);
    await until(() => wire(gateway).length === 1);
    const others = [gateway.query(QUERY, {}, { "x-cache-status": "1" }), gateway.query(QUERY)];
    // What is not equal has been asked meanwhile, so that the others have been on their way long enough.
    await gateway.query(`{ campaign(id: "${ID}") { name } }`);
    await gateway.query(`{ campaign(id: "${ID}") { id } }`);
    answer();
    for (const { body } of [await first, ...(await Promise.all(others))])
      expect(body.data.campaign).toEqual({ status: "SENDING" });
    expect(wire(gateway)).toEqual([READ, READ, READ]);
    expect((await others[0])?.body.extensions.cache).toMatchObject({ shared: 1, misses: 0, oldestAgeMs: null });
  });

  test("go on when one who waits leaves", async () => {
    const { gateway, let: answer } = await startHeld();
    await using _ = gateway;
    const one = leavingClient(gateway, QUERY);
    await until(() => wire(gateway).length === 1);
    const other = gateway.query(QUERY);
    await gateway.query(`{ campaign(id: "${ID}") { name } }`);
    one.leave();
    await until(() => gone(gateway) === 1);
    answer();
    expect((await other).body.data.campaign).toEqual({ status: "SENDING" });
    expect(wire(gateway)).toEqual([READ, READ]);
  });

  test("go on when the time of the one who began is over, for who has more", async () => {
    const { gateway, let: answer } = await startHeld();
    await using _ = gateway;
    const hurried = gateway.query(QUERY, {}, { "x-request-timeout-ms": "500" });
    await until(() => wire(gateway).length === 1);
    const other = gateway.query(QUERY, {}, { "x-cache-status": "1" });
    await gateway.query(`{ campaign(id: "${ID}") { name } }`);
    gateway.clock.advance(500);
    expect((await hurried).body.errors).toMatchObject([{ extensions: { code: "UPSTREAM_TIMEOUT" } }]);
    answer();
    const { body } = await other;
    expect([body.data.campaign, body.extensions.cache.shared]).toEqual([{ status: "SENDING" }, 1]);
    expect(wire(gateway)).toEqual([READ, READ]);
  });

  test("are over when the last one's time is", async () => {
    const { gateway } = await startHeld();
    await using _ = gateway;
    const hurried = gateway.query(QUERY, {}, { "x-request-timeout-ms": "500" });
    await until(() => wire(gateway).length === 1);
    const other = gateway.query(QUERY, {}, { "x-request-timeout-ms": "800", "x-cache-status": "1" });
    await gateway.query(`{ campaign(id: "${ID}") { name } }`);
    gateway.clock.advance(799);
    expect(attempts(gateway)).toHaveLength(1);
    gateway.clock.advance(1);
    for (const { body } of await Promise.all([hurried, other]))
      expect(body.errors).toMatchObject([{ extensions: { code: "UPSTREAM_TIMEOUT" } }]);
    expect(attempts(gateway)[1]).toMatchObject({ durationMs: 800, failure: { kind: "timeout" } });
  });

  test("are given up when all who wait have left", async () => {
    const { gateway } = await startHeld();
    await using _ = gateway;
    const both = [leavingClient(gateway, QUERY), leavingClient(gateway, QUERY)];
    await until(() => wire(gateway).length === 1);
    await gateway.query(`{ campaign(id: "${ID}") { name } }`);
    both[0]?.leave();
    await until(() => gone(gateway) === 1);
    expect(attempts(gateway)).toHaveLength(1);
    both[1]?.leave();
    await until(() => attempts(gateway).length === 2);
    expect(attempts(gateway)[1]).not.toHaveProperty("failure");
    expect(attempts(gateway)[1]).not.toHaveProperty("status");
  });

  test("are not waited for by a cancel, which looks for itself", async () => {
    const { gateway, let: answer } = await startHeld();
    await using _ = gateway;
    const read = gateway.query(QUERY);
    await until(() => wire(gateway).length === 1);
    const cancelled = gateway.query(CANCEL, { id: ID, revision: "2026-07-15", action: "CANCEL" });
    let isOver = false;
    void cancelled.finally(() => (isOver = true));
    await until(() => {
      if (!isOver && wire(gateway).includes(PATCH)) gateway.clock.advance(1);
      return isOver;
    });
    expect((await cancelled).body.data.cancelCampaignSend.outcome).toBe("STOPPED");
    answer();
    await read;
  });
});

test("a read that begins after a write does not share the call of one that began before", async () => {
  const { gateway, let: answer } = await startHeld("Draft");
  await using _ = gateway;
  const before = gateway.query(QUERY);
  await until(() => wire(gateway).length === 1);
  await gateway.query(`mutation { updateCampaign(id: "${ID}", input: { name: "New" }) { outcome } }`);
  expect((await gateway.query(QUERY)).body.data.campaign).toEqual({ status: "DRAFT" });
  answer();
  await before;
});
