import { describe, expect, test } from "@jest/globals";
import { cancelPayload, ID, onPatch, PATCH, startWithCampaign, wire } from "../support/cancel.js";
import { startGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { pass } from "../support/pass.js";
import { until } from "../support/until.js";

const CHANNELS = ["email", "sms", "mobile_push"] as const;

function patches(lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith("PATCH"));
}

describe("equal cancels in flight", () => {
  test("make one PATCH and get one answer", async () => {
    await using gateway = await startWithCampaign();
    const payloads = await Promise.all([1, 2, 3, 4, 5].map(() => cancelPayload(gateway)));
    expect(new Set(payloads.map((payload) => JSON.stringify(payload)))).toHaveProperty("size", 1);
    expect(payloads[0]).toMatchObject({ outcome: "STOPPED" });
    expect(patches(wire(gateway))).toHaveLength(1);
  });

  test("leave one audit line each", async () => {
    await using gateway = await startWithCampaign();
    await Promise.all([1, 2, 3].map(() => cancelPayload(gateway)));
    expect(gateway.logs.filter((line) => line["audit"] === "cancelCampaignSend")).toHaveLength(3);
  });

  test("each see of the campaign what they selected, even one that joins last", async () => {
    await using gateway = await startWithCampaign({ name: "Sale" });
    const more = `mutation { cancelCampaignSend(id: "${ID}", revision: "2026-07-15", action: CANCEL) { outcome campaign { name archived createdAt } } }`;
    let joined: ReturnType<typeof gateway.query> | undefined;
    const unsubscribe = gateway.simulator.onRequest(({ method }) => {
      if (method !== "GET" || joined) return;
      joined = gateway.query(more);
    });
    const first = await cancelPayload(gateway);
    unsubscribe();
    expect(first).toMatchObject({ outcome: "STOPPED" });
    const second = await joined;
    expect(second?.body.data.cancelCampaignSend).toMatchObject({
      campaign: { name: "Sale", archived: false, createdAt: expect.stringMatching(/^2026-/) },
    });
  });

  test("are separate for another action or another revision", async () => {
    await using gateway = await startWithCampaign();
    await Promise.all([
      cancelPayload(gateway),
      cancelPayload(gateway, { revision: "2026-04-15" }),
      cancelPayload(gateway, { action: "REVERT" }),
    ]);
    expect(patches(wire(gateway))).toHaveLength(3);
  });

  test("are asked anew once the first is answered: pressing again is harmless", async () => {
    await using gateway = await startWithCampaign();
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED" });
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "ALREADY_STOPPED" });
    expect(patches(wire(gateway))).toHaveLength(2);
  });
});

describe("cancels of many campaigns at once", () => {
  test("share their looks: 30 campaigns cost one call for each channel and look, not one for each campaign", async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `CAMPAIGN${n}`);
    const campaigns = ids.map((id, n) => ({
      id,
      status: "Sending",
      channel: CHANNELS[n % 3] ?? "email",
      settleAfterMs: 300,
    }));
    const clock = new HeldClock(false);
    await using gateway = await startGateway({ clock, simulator: { campaigns } });
    const answers = Promise.all(ids.map((id) => cancelPayload(gateway, { id })));
    // Each call has a time limit of its own while it is out: what is left is the turn for which all of them wait.
    const allWait = (calls: number) => until(() => wire(gateway).length === calls && clock.pendingCount === 1);
    // All are accepted and wait for their first look at 0.1 s, and then, still being sent, for the second at 0.5 s.
    await allWait(30);
    clock.advance(100);
    await allWait(33);
    clock.advance(400);
    expect((await answers).map(({ outcome }) => outcome)).toEqual(Array(30).fill("STOPPED"));
    const lines = wire(gateway);
    expect(patches(lines)).toHaveLength(30);
    expect(lines.filter((line) => line.startsWith("GET"))).toEqual(Array(6).fill("GET /api/campaigns"));
  });

  test("do not hold each other up: one that never settles leaves the others' answers alone", async () => {
    const campaigns = [
      { id: "QUICK", status: "Sending", settleAfterMs: 100 },
      { id: "STUCK", status: "Sending", settles: false },
    ];
    await using gateway = await startGateway({ simulator: { campaigns } });
    const [quick, stuck] = await Promise.all([
      cancelPayload(gateway, { id: "QUICK" }),
      cancelPayload(gateway, { id: "STUCK" }),
    ]);
    expect(quick).toMatchObject({ outcome: "STOPPED" });
    expect(stuck).toMatchObject({ outcome: "ACCEPTED" });
  });

  test("of one mutation run in order, each with its own truth", async () => {
    await using gateway = await startWithCampaign({}, [onPatch({ kind: "status", status: 403 })]);
    const { body } = await gateway.query(
      `mutation {
        a: cancelCampaignSend(id: "${ID}", revision: "2026-07-15", action: CANCEL) { outcome problem { code } }
        b: cancelCampaignSend(id: "${ID}", revision: "2026-07-15", action: CANCEL) { outcome problem { code } }
      }`,
    );
    expect(body.data).toEqual({
      a: { outcome: "NOT_STOPPED", problem: { code: "FORBIDDEN" } },
      b: { outcome: "STOPPED", problem: null },
    });
  });
});

test("a cancel goes out and is read back while reads that are not answered have all connections there are", async () => {
  const clock = new HeldClock(false);
  await using gateway = await startGateway({
    clock,
    env: { KLAVIYO_CONNECTIONS: "3" },
    simulator: { campaigns: [{ id: ID, status: "Sending", settleAfterMs: 300 }] },
  });
  gateway.simulator.addFault({ match: { path: "/api/lists*" }, times: "always", answer: { kind: "black-hole" } });
  const reads = Array.from({ length: 12 }, (_, n) => gateway.query(`{ list(id: "L${n}") { name } }`));
  await until(() => gateway.simulator.requests.length === 3);
  const pressed = cancelPayload(gateway);
  await until(() => wire(gateway).includes(PATCH));
  await pass(gateway, pressed, 1_000);
  expect(await pressed).toMatchObject({ outcome: "STOPPED" });
  expect(gateway.simulator.requests.filter(({ path }) => path.startsWith("/api/lists"))).toHaveLength(3);
  await pass(gateway, Promise.all(reads));
});
