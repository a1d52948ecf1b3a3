import { expect, test } from "@jest/globals";
import { createDemoCampaigns } from "../../src/simulator/seeds.js";
import { checkerFor } from "./openapi-checker-for.js";
import { describeIfDocument, OpenApiChecker } from "./openapi-document.js";
import { listPath, sendBody, start, type Started, stopBody } from "./start-simulator.js";

const IDS = createDemoCampaigns().map(({ id }) => id);
const FILTERS = ["email", "sms", "mobile_push"].map((channel) => `equals(messages.channel,"${channel}")`);
const INCLUDES = ["campaign-messages", "tags", "campaign-messages,tags"];
const SPARSE = {
  "fields[campaign]": "status,send_strategy.date,audiences.excluded,tracking_options.is_tracking_opens",
  "fields[campaign-message]": "definition.content.subject,definition.content.title,send_times",
  "fields[tag]": "id",
};

const startDemo = (): Promise<Started> => start({ campaigns: createDemoCampaigns(), limits: "off" });

describeIfDocument("against Klaviyo's OpenAPI document", () => {
  test("every campaign is valid, whatever is included and however thin", async () => {
    const check = checkerFor(await startDemo());
    const variants = ["", ...INCLUDES.map((include) => `?include=${include}`)];
    const sparse = `?include=campaign-messages,tags&${new URLSearchParams(SPARSE)}`;
    for (const id of IDS) {
      for (const query of [...variants, sparse]) {
        expect(await check("/api/campaigns/{id}", `/api/campaigns/${id}${query}`)).toBe(200);
      }
    }
  });

  test("every list is valid, over channels, includes, fieldsets, orders and pages", async () => {
    const check = checkerFor(await startDemo());
    for (const filter of FILTERS) {
      for (const more of [{}, ...INCLUDES.map((include) => ({ include })), { include: "tags", ...SPARSE }]) {
        for (const page of [{}, { sort: "-scheduled_at", "page[size]": "1" }]) {
          expect(await check("/api/campaigns", listPath(filter, { ...more, ...page }))).toBe(200);
        }
      }
    }
  });

  test("every send job is valid, and so is its absence", async () => {
    const check = checkerFor(await startDemo());
    const statuses = new Set<number>();
    for (const id of IDS) {
      for (const query of ["", "?fields[campaign-send-job]=id"]) {
        statuses.add(await check("/api/campaign-send-jobs/{id}", `/api/campaign-send-jobs/${id}${query}`));
      }
    }
    expect([...statuses].toSorted()).toEqual([200, 404]);
  });

  test("every write is valid, accepted or refused", async () => {
    const check = checkerFor(await startDemo());
    const statuses = new Set<number>();
    for (const id of IDS) {
      const post = { method: "POST", body: sendBody(id) };
      statuses.add(await check("/api/campaign-send-jobs", "/api/campaign-send-jobs", post));
      for (const action of ["cancel", "revert", "pause"]) {
        const patch = { method: "PATCH", body: stopBody(action, id) };
        statuses.add(await check("/api/campaign-send-jobs/{id}", `/api/campaign-send-jobs/${id}`, patch));
      }
    }
    expect([...statuses].toSorted()).toEqual([202, 204, 400, 409]);
  });

  test.each([
    [400, { revision: undefined }, ""],
    [400, {}, "?colour=red"],
    [401, { authorization: undefined }, ""],
    [404, { revision: "2026-07-15.pre" }, ""],
    [410, { revision: "2023-02-22", "x-klaviyo-revision-fall-forward-opt-out": "1" }, ""],
  ])("a %i is a valid error: %j %s", async (status, headers, query) => {
    const check = checkerFor(await startDemo());
    expect(await check("/api/campaigns/{id}", `/api/campaigns/${IDS[0]}${query}`, { headers })).toBe(status);
  });

  test.each([429, 500, 503])("a fault with status %i is a valid error", async (status) => {
    const started = await startDemo();
    started.simulator.addFault({ answer: { kind: "status", status } });
    expect(await checkerFor(started)("/api/campaigns/{id}", `/api/campaigns/${IDS[0]}`)).toBe(status);
  });

  test("an answer that is not valid would be noticed", async () => {
    const { call } = await startDemo();
    const { json } = await call(`/api/campaigns/${IDS[0]}`);
    const { data } = json as unknown as { data: { attributes: object } };
    const answer = { method: "GET", path: "/api/campaigns/{id}", status: 200, isSparse: false };
    const faults = (body: unknown, contentType = "application/vnd.api+json") =>
      new OpenApiChecker().faultsOf({ ...answer, contentType, body }).length;
    expect(faults({ data })).toBe(0);
    expect(faults({ data: { ...data, attributes: { ...data.attributes, status: "Paused" } } })).toBeGreaterThan(0);
    expect(faults({ data: { ...data, attributes: { name: "Thin" } } })).toBeGreaterThan(0);
    expect(faults({ data }, "text/html")).toBeGreaterThan(0);
  });
});
