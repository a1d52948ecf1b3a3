import { describe, expect, test } from "@jest/globals";
import { CAMPAIGN_ID, listPath, sendBody, start, stopBody } from "./start-simulator.js";

const CAMPAIGN = `/api/campaigns/${CAMPAIGN_ID}`;
const EMAILS = "equals(messages.channel,'email')";

describe("the revision header", () => {
  test.each([
    ["is missing", undefined],
    ["is not a date", "latest"],
    ["names a day that does not exist", "2026-02-30"],
    ["has an unknown suffix", "2026-07-15.beta"],
    ["names a day between two revisions", "2026-07-16"],
  ])("is answered with 400 when it %s", async (_, revision) => {
    const { call } = await start();
    const answer = await call(CAMPAIGN, { headers: { revision } });
    expect([answer.status, answer.json["errors"]?.[0]?.["code"]]).toEqual([400, "invalid"]);
  });

  test("is refused in Klaviyo's words when it lies in the future", async () => {
    const { call } = await start();
    const answer = await call(CAMPAIGN, { headers: { revision: "2027-01-15" } });
    expect(answer.status).toBe(400);
    expect(answer.json["errors"]?.[0]?.["detail"]).toContain("unable to specify a future revision date");
  });

  test.each(["2022-10-17", "2023-01-24", "2026-07-15.pre"])(
    "%s finds no valid revision of a campaign endpoint",
    async (revision) => {
      const { call } = await start();
      const answer = await call(CAMPAIGN, { headers: { revision } });
      expect(answer.status).toBe(404);
      expect(answer.json["errors"]?.[0]?.["detail"]).toContain("No valid revisions found for method");
    },
  );

  test("falls forward silently when it is retired", async () => {
    const { call } = await start();
    const answer = await call(CAMPAIGN, { headers: { revision: "2023-07-15" } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/vnd.api+json"]);
  });

  test("is answered with 410 when it is retired and the client opted out of falling forward", async () => {
    const { call } = await start();
    const headers = { "X-Klaviyo-Revision-Fall-Forward-Opt-Out": "1" };
    const retired = await call(CAMPAIGN, { headers: { ...headers, revision: "2024-10-15" } });
    const live = await call(CAMPAIGN, { headers: { ...headers, revision: "2025-01-15" } });
    expect([retired.status, live.status]).toEqual([410, 200]);
  });

  test("retires two years to the day after its release", async () => {
    const { call, clock } = await start();
    const headers = { "X-Klaviyo-Revision-Fall-Forward-Opt-Out": "1", revision: "2025-01-15" };
    clock.ms = Date.parse("2027-01-14T23:59:59Z");
    expect((await call(CAMPAIGN, { headers })).status).toBe(200);
    clock.ms = Date.parse("2027-01-15T00:00:00Z");
    expect((await call(CAMPAIGN, { headers })).status).toBe(410);
  });
});

describe("before 2024-10-15", () => {
  const old = { oldestLiveRevision: "2023-02-22" };
  const headers = { revision: "2024-07-15" };

  test("paths end in a slash, in links too, and the media type is plain JSON", async () => {
    const { call } = await start(old);
    const answer = await call(`${CAMPAIGN}/`, { headers });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(answer.json["data"]?.["links"]?.["self"]).toMatch(/0A\/$/);
    expect((await call(CAMPAIGN, { headers })).status).toBe(404);
  });

  test("a JSON:API body is an unsupported media type", async () => {
    const { call } = await start(old);
    const patch = { method: "PATCH", body: stopBody("cancel") };
    const path = `/api/campaign-send-jobs/${CAMPAIGN_ID}/`;
    const jsonApi = await call(path, { ...patch, headers });
    const json = await call(path, { ...patch, headers: { ...headers, "content-type": "application/json" } });
    expect([jsonApi.status, json.status]).toEqual([415, 204]);
  });
});

describe("from 2024-10-15 on", () => {
  test("a path with a final slash does not exist", async () => {
    const { call } = await start();
    expect((await call(`${CAMPAIGN}/`)).status).toBe(404);
  });

  test.each([
    ["application/vnd.api+json", 204],
    ["application/json; charset=utf-8", 204],
    ["text/plain", 415],
  ])("a body of type %s is answered with %i", async (type, status) => {
    const { call } = await start();
    const options = { method: "PATCH", body: stopBody("cancel"), headers: { "content-type": type } };
    expect((await call(`/api/campaign-send-jobs/${CAMPAIGN_ID}`, options)).status).toBe(status);
  });
});

describe("capabilities by revision", () => {
  test.each([
    [
      "any(id) in a filter",
      listPath(`and(${EMAILS},any(id,["${CAMPAIGN_ID}"]))`),
      "2025-07-15",
      "2025-04-15",
      "filter",
    ],
    ["page[size]", listPath(EMAILS, { "page[size]": "5" }), "2026-04-15", "2026-01-15", "page[size]"],
    ["id in a fieldset", `${CAMPAIGN}?fields[campaign]=id`, "2026-04-15", "2026-01-15", "fields[campaign]"],
  ])("%s is refused one revision too early, by name", async (_, path, since, before, parameter) => {
    const { call } = await start();
    const [early, inTime] = [
      await call(path, { headers: { revision: before } }),
      await call(path, { headers: { revision: since } }),
    ];
    expect([early.status, inTime.status]).toEqual([400, 200]);
    expect(early.json["errors"]?.[0]?.["source"]).toEqual({ parameter });
  });

  test("fields on a write are refused before 2026-04-15", async () => {
    const { call } = await start();
    const options = { method: "POST", body: sendBody(), headers: { revision: "2026-01-15" } };
    const answer = await call("/api/campaign-send-jobs?fields[campaign-send-job]=status", options);
    expect(answer.json["errors"]?.[0]?.["source"]).toEqual({ parameter: "fields[campaign-send-job]" });
  });

  test("single documents have links of their own from 2026-01-15 and hints for agents from 2026-07-15", async () => {
    const { call } = await start();
    const keys = async (revision: string) => Object.keys((await call(CAMPAIGN, { headers: { revision } })).json);
    expect(await keys("2025-10-15")).toEqual(["data"]);
    expect(await keys("2026-01-15")).toEqual(["data", "links"]);
    expect(await keys("2026-07-15")).toEqual(["data", "links", "meta"]);
  });
});
