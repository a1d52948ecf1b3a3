import { describe, expect, test } from "@jest/globals";
import type { Fault, FaultAnswer } from "../../src/simulator/simulator.js";
import type { SimulatorOptions } from "../../src/simulator/simulator.js";
import { CAMPAIGN_ID, listPath, start, type Started, stopBody } from "./start-simulator.js";

const CAMPAIGN = `/api/campaigns/${CAMPAIGN_ID}`;
const JOB = `/api/campaign-send-jobs/${CAMPAIGN_ID}`;

async function startWith(answer: FaultAnswer, more: Partial<Fault> & SimulatorOptions = {}): Promise<Started> {
  const { match, times, share, applied, ...options } = more;
  const started = await start(options);
  const parts = {
    ...(match && { match }),
    ...(times && { times }),
    ...(share && { share }),
    ...(applied && { applied }),
  };
  started.simulator.addFault({ ...parts, answer });
  return started;
}

const cancel = ({ call }: Started) => call(JOB, { method: "PATCH", body: stopBody("cancel") });

function statusLater({ simulator, clock }: Started): string | undefined {
  clock.advance(10_000);
  return simulator.statusOf(CAMPAIGN_ID);
}

describe("which requests a fault hits", () => {
  const fault = { kind: "status", status: 503 } as const;

  test("only the next one, unless it says how many", async () => {
    const { call, simulator } = await startWith(fault);
    simulator.addFault({ times: 2, answer: { kind: "status", status: 500 } });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await call(CAMPAIGN)).status);
    expect(statuses).toEqual([503, 500, 500, 200]);
  });

  test("every one until the faults are cleared", async () => {
    const { call, simulator } = await startWith(fault, { times: "always" });
    expect([(await call(CAMPAIGN)).status, (await call(CAMPAIGN)).status]).toEqual([503, 503]);
    simulator.clearFaults();
    expect((await call(CAMPAIGN)).status).toBe(200);
  });

  test("a share of them, by chance", async () => {
    const draws = [0.29, 0.3, 0.99, 0];
    const { call } = await startWith(fault, { times: "always", share: 0.3, random: () => draws.shift() ?? 1 });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await call(CAMPAIGN)).status);
    expect(statuses).toEqual([503, 200, 200, 503]);
  });

  test.each([
    [{ method: "GET", path: CAMPAIGN }, [503, 200]],
    [{ path: "/api/campaign-send-jobs/*" }, [200, 503]],
    [{ path: "/api/campaigns" }, [200, 200]],
    [{ method: "PATCH" }, [200, 200]],
    [{ method: "get", path: "/api/*" }, [503, 503]],
  ])("those that match %j", async (match, statuses) => {
    const { call } = await startWith(fault, { match, times: "always" });
    expect([(await call(CAMPAIGN)).status, (await call(JOB)).status]).toEqual(statuses);
  });

  test("a request that is hit is recorded like any other", async () => {
    const { call, simulator } = await startWith(fault);
    await call(CAMPAIGN);
    expect(simulator.requests.map(({ path }) => path)).toEqual([CAMPAIGN]);
  });
});

describe("whether a request was carried out", () => {
  test.each([
    [{ kind: "status", status: 502 }],
    [{ kind: "html", status: 403 }],
    [{ kind: "reset" }],
    [{ kind: "huge-body", bytes: 100 }],
    [{ kind: "redirect", location: "/" }],
  ] satisfies [FaultAnswer][])("is for the fault %j to say", async (answer) => {
    const lost = await startWith(answer);
    await cancel(lost).catch(() => undefined);
    expect(statusLater(lost)).toBe("Sending");
    const applied = await startWith(answer, { applied: true });
    await cancel(applied).catch(() => undefined);
    expect(statusLater(applied)).toBe("Cancelled");
  });

  test.each([
    [{ kind: "truncated" }],
    [{ kind: "reset-mid-body" }],
    [{ kind: "slow-body", chunkBytes: 100, everyMs: 0 }],
    [{ kind: "wrong-id" }],
    [{ kind: "delay", ms: 0 }],
  ] satisfies [FaultAnswer][])("goes without saying for %j, which deforms the normal answer", async (answer) => {
    const started = await startWith(answer);
    await cancel(started).catch(() => undefined);
    expect(statusLater(started)).toBe("Cancelled");
  });
});

describe("what a fault answers", () => {
  test("a status with the error of that status", async () => {
    const { call } = await startWith({ kind: "status", status: 503 });
    const answer = await call(CAMPAIGN);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([503, "application/vnd.api+json"]);
    expect(answer.json["errors"]?.[0]).toMatchObject({ status: 503, title: "Service Unavailable." });
  });

  test("a 429 that says when to come back", async () => {
    const { call } = await startWith({ kind: "status", status: 429 });
    const answer = await call(CAMPAIGN);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(answer.json["errors"]?.[0]?.["code"]).toBe("throttled");
  });

  test("a status with headers, body and type of one's own", async () => {
    const { call } = await startWith({
      kind: "status",
      status: 429,
      headers: { "Retry-After": "7" },
      body: "later",
      contentType: "text/plain",
    });
    const { status, headers, text } = await call(CAMPAIGN);
    expect([status, headers.get("retry-after"), headers.get("content-type"), text]).toEqual([
      429,
      "7",
      "text/plain",
      "later",
    ]);
  });

  test("a page of HTML", async () => {
    const { call } = await startWith({ kind: "html", status: 403 });
    const { status, headers, text } = await call(CAMPAIGN);
    expect([status, headers.get("content-type")]).toEqual([403, "text/html; charset=UTF-8"]);
    expect(text).toMatch(/^<!DOCTYPE html>/);
  });

  test("nothing but a reset connection", async () => {
    const { call } = await startWith({ kind: "reset" });
    await expect(call(CAMPAIGN)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  });

  test("a head, half a body and no more", async () => {
    const { url, call } = await startWith({ kind: "reset-mid-body" }, { limits: "off" });
    const headers = { authorization: "Klaviyo-API-Key pk_test", revision: "2026-07-15" };
    const response = await fetch(url + CAMPAIGN, { headers });
    const whole = (await call(CAMPAIGN)).headers.get("content-length");
    expect([response.status, response.headers.get("content-length")]).toEqual([200, whole]);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  test("nothing at all, until the client gives up", async () => {
    const { url, simulator } = await startWith({ kind: "black-hole" });
    const controller = new AbortController();
    const arrived = new Promise((resolve) => simulator.onRequest(resolve));
    const answer = fetch(url + CAMPAIGN, { signal: controller.signal });
    await arrived;
    controller.abort();
    await expect(answer).rejects.toThrow("aborted");
  });

  test("nothing at all, until the simulator is closed", async () => {
    const { url, simulator } = await startWith({ kind: "black-hole" });
    const arrived = new Promise((resolve) => simulator.onRequest(resolve));
    const answer = fetch(url + CAMPAIGN);
    await arrived;
    await Promise.all([simulator.close(), expect(answer).rejects.toThrow("fetch failed")]);
  });

  test("sound HTTP around half a document", async () => {
    const { call } = await startWith({ kind: "truncated" });
    const answer = await call(CAMPAIGN);
    expect([answer.status, answer.text.slice(0, 8)]).toEqual([200, '{"data":']);
    expect(() => JSON.parse(answer.text)).toThrow();
  });

  test("the whole body, in pieces, with a wait between them", async () => {
    const waits: number[] = [];
    const sleep = (ms: number) => Promise.resolve(void waits.push(ms));
    const { call } = await startWith({ kind: "slow-body", chunkBytes: 100, everyMs: 50 }, { sleep });
    const answer = await call(CAMPAIGN);
    expect(answer.json["data"]?.["id"]).toBe(CAMPAIGN_ID);
    expect(waits).toEqual(Array(Math.ceil(answer.text.length / 100) - 1).fill(50));
  });

  test("in pieces to a client that hangs up in between, and lives on", async () => {
    let wake = (): void => undefined;
    const asleep = Promise.withResolvers<void>();
    const sleep = () => {
      asleep.resolve();
      return new Promise<void>((resolve) => (wake = resolve));
    };
    const { url, call } = await startWith({ kind: "slow-body", chunkBytes: 1, everyMs: 1 }, { sleep });
    const controller = new AbortController();
    const answer = fetch(url + CAMPAIGN, { signal: controller.signal }).then((response) => response.text());
    await asleep.promise;
    controller.abort();
    await expect(answer).rejects.toThrow("aborted");
    // Answered on another connection, so the simulator has seen the first one end by then.
    await call(CAMPAIGN);
    wake();
    expect((await call(CAMPAIGN)).status).toBe(200);
  });

  test("the normal answer, worked out after the wait", async () => {
    let wake = (): void => undefined;
    const slept: number[] = [];
    const sleep = (ms: number) => {
      slept.push(ms);
      return new Promise<void>((resolve) => (wake = resolve));
    };
    const { call, simulator, clock } = await startWith({ kind: "delay", ms: 250 }, { sleep });
    const arrived = new Promise((resolve) => simulator.onRequest(resolve));
    const answer = call(CAMPAIGN);
    await arrived;
    // The fault begins to wait right after the listeners were told.
    await Promise.resolve();
    clock.advance(250);
    simulator.addCampaign({ id: CAMPAIGN_ID, status: "Sent" });
    wake();
    expect((await answer).json["data"]?.["attributes"]?.["status"]).toBe("Sent");
    expect(slept).toEqual([250]);
  });

  test("more bytes than anybody wants", async () => {
    const { call } = await startWith({ kind: "huge-body", bytes: 3_000_000 });
    const answer = await call(CAMPAIGN);
    expect([answer.text.length, answer.json["data"]]).toEqual([3_000_000, null]);
  });

  test("a redirect", async () => {
    const { call } = await startWith({ kind: "redirect", location: "http://127.0.0.1:1/elsewhere" });
    const answer = await call(CAMPAIGN);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "http://127.0.0.1:1/elsewhere"]);
  });

  test("another resource than the one that was asked for", async () => {
    const { call } = await startWith({ kind: "wrong-id" }, { times: 2 });
    const single = await call(CAMPAIGN);
    const list = await call(listPath("equals(messages.channel,'email')"));
    expect(single.json["data"]?.["id"]).toBe(`WRONG${CAMPAIGN_ID}`);
    expect(list.json["data"]?.[0]).toMatchObject({ id: `WRONG${CAMPAIGN_ID}`, attributes: { status: "Sending" } });
  });
});
