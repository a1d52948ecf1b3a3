import { hash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { CancelDetector } from "../../src/server/load/cancel-detector.js";
import { post, startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";

const CAMPAIGNS = [{ id: "SENDING", status: "Sending", cancelDelayMs: 100 }];
const READ = `{ campaign(id: "SENDING") { id } }`;
const CANCEL = `mutation Stop { cancelCampaignSend(id: "SENDING", revision: "2026-07-15", action: CANCEL) { outcome } }`;
const ENV = { MAX_REQUESTS: "2" };

/** Fills the gateway with reads that Klaviyo does not answer. @returns their answers, when time has passed */
async function fill(gateway: TestGateway, count: number): Promise<Promise<unknown>[]> {
  const answer = { kind: "black-hole" } as const;
  gateway.simulator.addFault({ match: { method: "GET" }, times: count, answer });
  const answers = Array.from({ length: count }, (_, n) => gateway.query(`{ campaign(id: "SLOW${n}") { id } }`));
  await until(() => gateway.simulator.requests.length === count);
  return answers;
}

/** Lets time pass, 50 ms a time and not more than the reads that fill the gateway have, until it is answered. */
async function passing<T>(clock: HeldClock, work: Promise<T>): Promise<T> {
  let isOver = false;
  const watched = work.finally(() => (isOver = true));
  await until(() => {
    if (clock.now() < 3_000 && clock.sleeps.length > 0) clock.advance(50);
    return isOver;
  });
  return watched;
}

describe("a gateway that is full", () => {
  test("refuses reads with 503 and when to come back, lets a cancel in, and is open again afterwards", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startGateway({ clock, env: ENV, simulator: { campaigns: CAMPAIGNS } });
    const slow = await fill(gateway, 2);
    const { status, headers, body } = await gateway.query(READ);
    expect({ status, retryAfter: headers.get("retry-after") }).toEqual({ status: 503, retryAfter: "1" });
    expect(headers.get("content-type")).toContain("application/json");
    expect(body.errors[0].extensions).toEqual({ code: "OVERLOADED", retryAfterMs: 1_000 });

    const cancel = gateway.query(CANCEL);
    expect((await passing(clock, cancel)).body.data.cancelCampaignSend.outcome).toBe("STOPPED");

    clock.advance(10_000);
    await Promise.all(slow);
    expect((await gateway.query(READ)).status).toBe(200);
    const shed = gateway.logs.filter(({ msg }) => msg === "overloaded: requests are refused");
    expect(shed).toHaveLength(1);
  });

  test("does not take everything for a cancel that has the word in it", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startGateway({ clock, env: ENV, simulator: { campaigns: CAMPAIGNS } });
    const slow = await fill(gateway, 2);
    const disguises: readonly object[] = [
      { query: `${READ} # cancelCampaignSend` },
      { query: `{ cancelCampaignSend: campaign(id: "SENDING") { id } }` },
      { query: `query Read ${READ} ${CANCEL}`, operationName: "Read" },
      { query: `query Read ${READ} ${CANCEL}` },
      { query: `mutation { cancelCampaignSend: deleteCampaign(id: "cancelCampaignSend") { outcome } }` },
      { query: `fragment A on Mutation { ...A } mutation { ...A } # cancelCampaignSend` },
      { query: `mutation { ${"a ".repeat(2_000)} cancelCampaignSend }` },
      { query: `mutation { cancelCampaignSend(` },
      { query: READ, extensions: { persistedQuery: { version: 1, sha256Hash: hash("sha256", CANCEL) } } },
    ];
    for (const disguise of disguises) expect((await post(gateway.url, disguise)).status).toBe(503);
    clock.advance(10_000);
    await Promise.all(slow);
  });

  test("has an end for cancels as well", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startGateway({ clock, env: ENV, simulator: { campaigns: CAMPAIGNS } });
    const answer = { kind: "black-hole" } as const;
    gateway.simulator.addFault({ match: { method: "PATCH" }, times: "always", answer });
    const cancels = Array.from({ length: 4 }, (_, n) => gateway.query(CANCEL.replace("SENDING", `SENDING${n}`)));
    await until(() => gateway.simulator.requests.length === 4);
    expect((await gateway.query(CANCEL)).body.errors[0].extensions.code).toBe("OVERLOADED");
    gateway.simulator.clearFaults();
    for (let n = 0; n < 40; n++) {
      clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(cancels);
  });
});

test("a late event loop refuses reads and no cancels", async () => {
  let delayMs = 201;
  await using gateway = await startGateway({ loopDelayMs: () => delayMs, simulator: { campaigns: CAMPAIGNS } });
  expect((await gateway.query(READ)).status).toBe(503);
  expect((await gateway.query(CANCEL)).body.data.cancelCampaignSend.outcome).toBe("STOPPED");
  delayMs = 200;
  expect((await gateway.query(READ)).status).toBe(200);
});

describe("a cancel is recognized", () => {
  const detector = new CancelDetector();
  const fragments = `mutation Stop { ...A } fragment A on Mutation { ... on Mutation { b: cancelCampaignSend(id: "X") { outcome } } }`;
  const persisted = { extensions: { persistedQuery: { version: 1, sha256Hash: hash("sha256", CANCEL) } } };

  test.each<[string, object]>([
    ["alone", { query: CANCEL }],
    ["by its name among others", { query: `query Read ${READ} ${CANCEL}`, operationName: "Stop" }],
    ["through fragments and aliases", { query: fragments }],
  ])("%s", (_, body) => {
    expect(detector.isCancel(body)).toBe(true);
  });

  test("by its hash, once its text was seen", () => {
    const fresh = new CancelDetector();
    expect(fresh.isCancel(persisted)).toBe(false);
    fresh.isCancel({ query: CANCEL });
    expect(fresh.isCancel(persisted)).toBe(true);
  });

  test.each([[undefined], [null], [[]], ["text"], [{}], [{ query: 1 }]])("and %j is none", (body) => {
    expect(detector.isCancel(body)).toBe(false);
  });
});
