import { describe, expect, test } from "@jest/globals";
import { createSimulator } from "../../src/simulator/simulator.js";
import { aCampaign, CAMPAIGN_ID, NOON_MS, start, stopBody } from "./start-simulator.js";
import { until } from "../support/until.js";

const CAMPAIGN = `/api/campaigns/${CAMPAIGN_ID}`;
const post = (body: unknown) => ({ method: "POST", body });

describe("control over HTTP", () => {
  test("sets one fault or several, and clears them", async () => {
    const { call } = await start();
    const fault = { answer: { kind: "status", status: 500 } };
    expect((await call("/control/faults", post(fault))).status).toBe(204);
    await call("/control/faults", post([{ ...fault, match: { method: "GET" }, times: "always", applied: true }]));
    expect([(await call(CAMPAIGN)).status, (await call(CAMPAIGN)).status]).toEqual([500, 500]);
    expect((await call("/control/faults", { method: "DELETE" })).status).toBe(204);
    expect((await call(CAMPAIGN)).status).toBe(200);
  });

  test.each([
    ["not JSON", "{"],
    ["no answer", {}],
    ["an unknown kind", { answer: { kind: "explode" } }],
    ["an unknown field", { answer: { kind: "reset" }, when: "now" }],
    ["a status out of range", { answer: { kind: "status", status: 99 } }],
    ["a missing number", { answer: { kind: "slow-body", chunkBytes: 1 } }],
    ["pieces of no bytes", { answer: { kind: "slow-body", chunkBytes: 0, everyMs: 1 } }],
    ["a header that cannot be sent", { answer: { kind: "status", status: 200, headers: { a: "b\n" } } }],
    ["a share above all", { share: 1.1, answer: { kind: "reset" } }],
    ["no times", { times: 0, answer: { kind: "reset" } }],
    ["a match that is none", { match: { verb: "GET" }, answer: { kind: "reset" } }],
    ["one bad fault among good ones", [{ answer: { kind: "reset" } }, null]],
  ])("refuses a fault with %s, says what is accepted, and sets nothing", async (_, body) => {
    const { call } = await start();
    const answer = await call("/control/faults", post(body));
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ error: expect.any(String), accepted: expect.anything() });
    expect((await call(CAMPAIGN)).status).toBe(200);
  });

  test("lists and forgets requests, without showing a key and without recording itself", async () => {
    const { call, simulator } = await start();
    await call(`${CAMPAIGN}?fields[campaign]=status`);
    const { json, text } = await call("/control/requests");
    expect(json).toHaveLength(1);
    expect(json[0]).toMatchObject({ method: "GET", path: CAMPAIGN, atMs: NOON_MS });
    expect(text).not.toContain("pk_test");
    expect(simulator.requests[0]?.headers["authorization"]).toBe("Klaviyo-API-Key pk_test");
    await call("/control/requests", { method: "DELETE" });
    expect([(await call("/control/requests")).json, simulator.requests]).toEqual([[], []]);
  });

  test("says what became of requests: by second and endpoint, and each write, whatever was told of it", async () => {
    const { call, simulator } = await start();
    const path = `/api/campaign-send-jobs/${CAMPAIGN_ID}`;
    const cancel = () => call(path, { method: "PATCH", body: stopBody("cancel") }).catch(() => undefined);
    simulator.addFault({ match: { method: "PATCH" }, applied: true, answer: { kind: "status", status: 502 } });
    simulator.addFault({ match: { method: "PATCH" }, answer: { kind: "reset" } });
    await Promise.all([call(CAMPAIGN), call(CAMPAIGN)]);
    await cancel();
    await cancel();
    await until(() => simulator.traffic.writes.length === 2);
    const { json } = await call("/control/traffic");
    const read = { endpoint: "GET /api/campaigns/{id}", carriedOut: 200, answered: 200, count: 2 };
    expect(json["counts"]).toContainEqual({ ...read, second: NOON_MS / 1000 });
    const write = { method: "PATCH", path, body: JSON.stringify(stopBody("cancel")), atMs: NOON_MS };
    expect(json["writes"]).toEqual([
      { ...write, carriedOut: 204, answered: 502 },
      { ...write, carriedOut: null, answered: null },
    ]);
    await call("/control/traffic", { method: "DELETE" });
    expect((await call("/control/traffic")).json).toEqual({ counts: [], writes: [] });
  });

  test("lists campaigns with their status of the moment, and adds some", async () => {
    const { call, clock } = await start({ campaigns: [] });
    const timeline = [{ afterMs: 1_000, status: "Sent" }];
    const seed = aCampaign({ name: "New", channel: "sms", timeline, tags: [{ id: "t", name: "Sale" }] });
    expect((await call("/control/campaigns", post(seed))).status).toBe(204);
    clock.advance(1_000);
    expect((await call("/control/campaigns")).json).toEqual([
      {
        id: CAMPAIGN_ID,
        name: "New",
        status: "Sent",
        statuses: [
          { atMs: NOON_MS, status: "Sending" },
          { atMs: NOON_MS + 1_000, status: "Sent" },
        ],
      },
    ]);
    expect((await call(CAMPAIGN)).status).toBe(200);
  });

  test.each([
    ["id", { status: "Draft" }],
    ["status", { id: "a" }],
    ["channel", { id: "a", status: "Draft", channel: "fax" }],
    ["timeline", { id: "a", status: "Draft", timeline: [{ afterMs: "1", status: "Sent" }] }],
    ["refusesAction", { id: "a", status: "Draft", refusesAction: 500 }],
    ["createdAt", { id: "a", status: "Draft", createdAt: "yesterday" }],
    ["audiences", { id: "a", status: "Draft", audiences: { excluded: [] } }],
    ["trackingOptions", { id: "a", status: "Draft", trackingOptions: "none" }],
    ["statistics", { id: "a", status: "Draft", statistics: { luck: 1 } }],
    ["estimatedRecipients", { id: "a", status: "Draft", estimatedRecipients: -1 }],
    ["colour", { id: "a", status: "Draft", colour: "red" }],
  ])("refuses a campaign because of its %s", async (field, seed) => {
    const { call } = await start();
    const answer = await call("/control/campaigns", post(seed));
    expect([answer.status, answer.json["error"]]).toEqual([400, expect.stringContaining(`campaign.${field}`)]);
    expect(answer.json["accepted"]).toHaveProperty("timeline");
  });

  test("an unknown control is answered with those there are", async () => {
    const { call } = await start();
    const answer = await call("/control/explode", { method: "POST" });
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining("POST /control/faults")]);
  });
});

describe("the simulator in a test", () => {
  test("records what crossed the wire, undecoded, and tells listeners at once", async () => {
    const { call, simulator } = await start();
    const seen: string[] = [];
    const stop = simulator.onRequest(({ path }) => seen.push(path));
    await call("/api/campaigns/%61b?fields%5Bcampaign%5D=status", { headers: { authorization: undefined } });
    stop();
    await call("/api/campaign-send-jobs/x", { method: "PATCH", body: stopBody("cancel") });
    expect(seen).toEqual(["/api/campaigns/%61b"]);
    expect(simulator.requests.map(({ method, path, query }) => [method, path, query])).toEqual([
      ["GET", "/api/campaigns/%61b", "fields%5Bcampaign%5D=status"],
      ["PATCH", "/api/campaign-send-jobs/x", ""],
    ]);
    expect(JSON.parse(simulator.requests[1]?.body ?? "")).toEqual(stopBody("cancel"));
    simulator.clearRequests();
    expect(simulator.requests).toEqual([]);
  });

  test("knows no status of a campaign that does not exist", async () => {
    const { simulator } = await start();
    expect(simulator.statusOf("unknown")).toBeUndefined();
  });

  test("replaces a campaign that is added again", async () => {
    const { simulator } = await start();
    simulator.addCampaign(aCampaign({ status: "Sent" }));
    expect(simulator.statusOf(CAMPAIGN_ID)).toBe("Sent");
  });

  test("closes more than once, and before it ever listened", async () => {
    const simulator = createSimulator();
    await simulator.close();
    await expect(Promise.all([simulator.close(), simulator.close()])).resolves.toBeDefined();
  });

  test("says why it cannot listen", async () => {
    const { url } = await start();
    const second = createSimulator();
    await expect(second.listen(Number(new URL(url).port))).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
