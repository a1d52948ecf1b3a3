import { expect, test } from "@jest/globals";
import { startGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";

const READ = `{ campaign(id: "SENDING") { id } }`;
const BLACK_HOLE = { match: { method: "GET" }, times: "always", answer: { kind: "black-hole" } } as const;

test.each([
  ["1500", 1_500],
  ["999999999", 4_000],
])("a caller who waits %s ms is answered after %d ms at the latest", async (header, ms) => {
  const clock = new HeldClock(false);
  await using gateway = await startGateway({ clock, env: { QUERY_DEADLINE_MS: "4000" } });
  gateway.simulator.addFault(BLACK_HOLE);
  let isOver = false;
  const answer = gateway.query(READ, {}, { "x-request-timeout-ms": header }).finally(() => (isOver = true));
  await until(() => gateway.simulator.requests.length === 1);
  clock.advance(ms - 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOver).toBe(false);
  clock.advance(1);
  expect((await answer).body.errors[0].extensions.code).toBe("UPSTREAM_TIMEOUT");
});

test("a cancel is not begun for a caller whose time is used up by the one before", async () => {
  const clock = new HeldClock(false);
  await using gateway = await startGateway({ clock });
  gateway.simulator.addFault({ match: { method: "PATCH" }, times: "always", answer: { kind: "black-hole" } });
  const cancel = (id: string) =>
    `cancelCampaignSend(id: "${id}", revision: "2026-07-15", action: CANCEL) { outcome problem { code } }`;
  const answer = gateway.query(
    `mutation { a: ${cancel("ONE")} b: ${cancel("TWO")} }`,
    {},
    { "x-request-timeout-ms": "2000" },
  );
  await until(() => gateway.simulator.requests.length === 1);
  clock.advance(2_000);
  const { data } = (await answer).body;
  expect(data).toMatchObject({
    a: { outcome: "UNKNOWN" },
    b: { outcome: "NOT_STOPPED", problem: { code: "UPSTREAM_TIMEOUT" } },
  });
  expect(gateway.simulator.requests.filter(({ method }) => method === "PATCH")).toHaveLength(1);
});

test("the patient do not get the answer of somebody in a hurry, nor do those wait for the patient", async () => {
  const clock = new HeldClock(false);
  await using gateway = await startGateway({
    clock,
    simulator: { campaigns: [{ id: "ONE", status: "Sending", settleAfterMs: 3_000 }] },
  });
  const query = `mutation { cancelCampaignSend(id: "ONE", revision: "2026-07-15", action: CANCEL) { outcome } }`;
  const outcomes: Record<string, string> = {};
  const press = async (who: string, ms?: string) => {
    const { body } = await gateway.query(query, {}, ms ? { "x-request-timeout-ms": ms } : {});
    outcomes[who] = body.data.cancelCampaignSend.outcome;
  };
  const patches = () => gateway.simulator.requests.filter(({ method }) => method === "PATCH").length;
  const hurried = [press("hurried, first", "1000")];
  await until(() => patches() === 1);
  const patient = [press("patient")];
  await until(() => patches() === 2);
  hurried.push(press("hurried, last", "1000"));
  patient.push(press("patient as well"));
  const pass = async (work: Promise<unknown>, untilMs: number) => {
    let isOver = false;
    void work.then(() => (isOver = true));
    await until(() => {
      if (clock.sleeps.length > 0 && clock.now() < untilMs) clock.advance(50);
      return isOver;
    });
  };
  await pass(Promise.all(hurried), 1_500);
  expect(outcomes).toEqual({ "hurried, first": "ACCEPTED", "hurried, last": "ACCEPTED" });
  await pass(Promise.all(patient), 10_000);
  expect(outcomes).toMatchObject({ patient: "STOPPED", "patient as well": "STOPPED" });
  expect(patches()).toBeLessThanOrEqual(3);
});

test.each(["", "0", "-5", "soon", "1.5", "9999999999"])(
  "%j is no time to wait: 400, and nothing is asked",
  async (header) => {
    await using gateway = await startGateway();
    const { status, body } = await gateway.query(READ, {}, { "x-request-timeout-ms": header });
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining("x-request-timeout-ms"),
      extensions: { code: "BAD_REQUEST" },
    });
    expect(gateway.simulator.requests).toEqual([]);
  },
);
