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
