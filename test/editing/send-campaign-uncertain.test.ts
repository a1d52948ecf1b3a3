import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { until } from "../support/until.js";
import { SEND, SEND_ONLY } from "./sends.js";
import { ID, onRead, onWrite, passTimeOnWrites, payloadOf, startWithDraft, UNCERTAIN, writes } from "./writes.js";

describe("a send whose answer is lost", () => {
  test.each(UNCERTAIN)("(%s, carried out) is ACCEPTED: the campaign is seen on its way", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer, { applied: true }));
    passTimeOnWrites(gateway);
    const payload = await payloadOf(gateway, SEND_ONLY, { id: ID });
    expect(payload).toMatchObject({ outcome: "ACCEPTED", problem: null, sendJob: { id: ID } });
    expect(writes(gateway)).toHaveLength(1);
  });

  test.each(UNCERTAIN)("(%s, not carried out) is UNKNOWN, and not asked again", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    passTimeOnWrites(gateway);
    const payload = await payloadOf(gateway, SEND, { id: ID });
    expect(payload).toMatchObject({ outcome: "UNKNOWN", campaign: { status: "DRAFT" } });
    expect(payload.problem.message).toContain("its status was DRAFT");
    expect(payload.problem.message).toContain("Do not send it again before");
    expect(writes(gateway)).toHaveLength(1);
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
  });

  test("is ACCEPTED when Klaviyo is slow to show it", async () => {
    const timeline = [{ afterMs: 2_000, status: "Preparing to send" }];
    await using gateway = await startWithDraft(onWrite({ kind: "status", status: 503 }), { timeline });
    expect(await payloadOf(gateway, SEND_ONLY, { id: ID })).toMatchObject({ outcome: "ACCEPTED" });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("is UNKNOWN when the campaign cannot be looked at", async () => {
    await using gateway = await startWithDraft([
      ...onWrite({ kind: "status", status: 504 }, { applied: true }),
      onRead({ kind: "status", status: 503 }, { times: "always" }),
    ]);
    expect(await payloadOf(gateway, SEND, { id: ID })).toMatchObject({ outcome: "UNKNOWN", campaign: null });
    expect(writes(gateway)).toHaveLength(1);
  });

  test.each(["Sent", "Cancelled", "Something New"])("is UNKNOWN when the campaign is %s", async (status) => {
    await using gateway = await startWithDraft(onWrite({ kind: "status", status: 504 }), { status });
    expect(await payloadOf(gateway, SEND, { id: ID })).toMatchObject({ outcome: "UNKNOWN" });
  });

  test("is REFUSED, NOT_FOUND, when there is no such campaign", async () => {
    await using gateway = await startWithDraft(onWrite({ kind: "status", status: 504 }));
    expect(await payloadOf(gateway, SEND, { id: "gone" })).toMatchObject({
      outcome: "REFUSED",
      problem: { code: "NOT_FOUND" },
    });
  });
});

describe("a send whose client or process leaves", () => {
  test("goes on when the client hangs up, and is on record", async () => {
    await using gateway = await startWithDraft(onWrite({ kind: "status", status: 503 }, { applied: true }));
    const client = new AbortController();
    gateway.simulator.onRequest(() => client.abort());
    const body = JSON.stringify({ query: SEND, variables: { id: ID } });
    const headers = { "content-type": "application/json" };
    const call = fetch(`${gateway.url}/graphql`, { method: "POST", body, headers, signal: client.signal });
    await expect(call).rejects.toThrow("aborted");
    await until(() => gateway.logs.some((line) => line["audit"] === "sendCampaign"));
    expect(gateway.logs.find((line) => line["audit"] === "sendCampaign")).toMatchObject({ outcome: "ACCEPTED" });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("is waited for when the process is told to end, though its client has left", async () => {
    const held = Promise.withResolvers<void>();
    const gateway = await startWithDraft(
      onWrite({ kind: "delay", ms: 1 }),
      {},
      { simulator: { sleep: () => held.promise } },
    );
    const client = new AbortController();
    const body = JSON.stringify({ query: SEND_ONLY, variables: { id: ID } });
    const headers = { "content-type": "application/json" };
    const call = fetch(`${gateway.url}/graphql`, { method: "POST", body, headers, signal: client.signal });
    await until(() => gateway.simulator.requests.length === 1);
    client.abort();
    await expect(call).rejects.toThrow("aborted");
    let isClosed = false;
    const closed = gateway.close().then(() => void (isClosed = true));
    for (let turn = 0; turn < 100; turn++) await setImmediate();
    expect(isClosed).toBe(false);
    held.resolve();
    await closed;
    expect(gateway.logs.find((line) => line["audit"] === "sendCampaign")).toMatchObject({ outcome: "ACCEPTED" });
    expect(gateway.logs.some((line) => line["msg"] === "writes were cut off by the drain time")).toBe(false);
  });

  test("leaves no timer behind", async () => {
    await using gateway = await startWithDraft(onWrite({ kind: "status", status: 503 }));
    await payloadOf(gateway, SEND, { id: ID });
    expect(gateway.clock.pendingCount).toBe(0);
  });
});
