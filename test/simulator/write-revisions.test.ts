import { describe, expect, test } from "@jest/globals";
import { assignBody, cloneBody, createBody, patch, post, updateBody } from "./campaign-bodies.js";
import { faultsOf } from "./read-answer.js";
import { aCampaign, CAMPAIGN_ID, start } from "./start-simulator.js";

const startDraft = () => start({ campaigns: [aCampaign({ status: "Draft", messages: [{ id: "m" }] })], limits: "off" });

describe("writes at older revisions", () => {
  test.each([
    ["2025-01-15", 201],
    ["2025-04-15", 200],
  ])("assigning a template at %s is answered with %i", async (revision, status) => {
    const { call } = await startDraft();
    const answer = await call("/api/campaign-message-assign-template", {
      ...post(assignBody("m")),
      headers: { revision },
    });
    expect(answer.status).toBe(status);
  });

  test.each([
    ["/api/campaigns", post(createBody())],
    [`/api/campaigns/${CAMPAIGN_ID}`, patch(updateBody(CAMPAIGN_ID, {}))],
    ["/api/campaign-clone", post(cloneBody(CAMPAIGN_ID))],
  ])("%s knows fieldsets since 2026-04-15", async (path, options) => {
    const { call } = await startDraft();
    const at = (revision: string) => call(`${path}?fields[campaign]=name`, { ...options, headers: { revision } });
    expect(faultsOf(await at("2026-01-15"))).toEqual([400, "fields[campaign]"]);
    expect((await at("2026-04-15")).json["data"]?.["attributes"]).toEqual({ name: expect.any(String) });
  });

  test("links of single documents came with 2026-01-15, also where only ids are answered", async () => {
    const { call } = await startDraft();
    const at = (revision: string) => call("/api/campaign-messages/m/relationships/campaign", { headers: { revision } });
    const [before, after] = [await at("2025-10-15"), await at("2026-01-15")];
    expect(before.json).toEqual({ data: { type: "campaign", id: CAMPAIGN_ID } });
    expect(after.json).toHaveProperty("links.self");
  });
});
