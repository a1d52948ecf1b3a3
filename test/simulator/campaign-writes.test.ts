import { describe, expect, test } from "@jest/globals";
import { cloneBody, patch, post, updateBody } from "./campaign-bodies.js";
import { attributesOf, faultsOf, idOf, idsOf } from "./read-answer.js";
import { aCampaign, CAMPAIGN_ID, sendBody, start } from "./start-simulator.js";

const CAMPAIGNS = "/api/campaigns";
const CAMPAIGN = `${CAMPAIGNS}/${CAMPAIGN_ID}`;
const AT = "/data/attributes";

const startDraft = (parts = {}) => start({ campaigns: [aCampaign({ status: "Draft", ...parts })] });

describe("updating a campaign", () => {
  test("changes what is sent and leaves the rest", async () => {
    const { call } = await startDraft({ name: "Old", audiences: { included: ["Y6nRLr"], excluded: ["UTd5ui"] } });
    const changes = {
      audiences: { included: ["VbM7aD"] },
      tracking_options: { is_tracking_opens: false, is_tracking_clicks: null },
      send_options: { use_smart_sending: false },
      name: null,
    };
    const answer = await call(CAMPAIGN, patch(updateBody(CAMPAIGN_ID, changes)));
    expect([answer.status, attributesOf(answer)]).toEqual([
      200,
      expect.objectContaining({
        name: "Old",
        audiences: { included: ["VbM7aD"], excluded: ["UTd5ui"] },
        tracking_options: expect.objectContaining({ is_tracking_opens: false, is_tracking_clicks: true }),
        send_options: { use_smart_sending: false },
      }),
    ]);
  });

  test("answers a fieldset", async () => {
    const { call } = await startDraft();
    const answer = await call(`${CAMPAIGN}?fields[campaign]=name`, patch(updateBody(CAMPAIGN_ID, { name: "A" })));
    expect(attributesOf(answer)).toEqual({ name: "A" });
  });

  test.each([
    ["another id", updateBody("b", { name: "A" }), 409, "/data/id"],
    [
      "an audience that does not exist",
      updateBody(CAMPAIGN_ID, { audiences: { excluded: ["zz"] } }),
      404,
      `${AT}/audiences/excluded/0`,
    ],
    ["messages", updateBody(CAMPAIGN_ID, { "campaign-messages": { data: [] } }), 400, `${AT}/campaign-messages`],
  ])("with %s is refused", async (_, body, status, pointer) => {
    const { call } = await startDraft();
    expect(faultsOf(await call(CAMPAIGN, patch(body)))).toEqual([status, pointer]);
  });

  test.each(["Sending", "Scheduled", "Sent", "Cancelled"])("is refused in status %s", async (status) => {
    const { call } = await startDraft({ status });
    expect(faultsOf(await call(CAMPAIGN, patch(updateBody(CAMPAIGN_ID, { name: "A" }))))).toEqual([400, "/data"]);
    expect(attributesOf(await call(CAMPAIGN))["name"]).toBe(`Campaign ${CAMPAIGN_ID}`);
  });
});

describe("deleting a campaign", () => {
  test.each(["Draft", "Sent", "Cancelled"])("works in status %s, once", async (status) => {
    const { call } = await startDraft({ status });
    const answers = [await call(CAMPAIGN, { method: "DELETE" }), await call(CAMPAIGN, { method: "DELETE" })];
    expect(answers.map((answer) => [answer.status, answer.text === ""])).toEqual([
      [204, true],
      [404, false],
    ]);
  });

  test("is refused while the campaign is on its way", async () => {
    const { call } = await start();
    expect(faultsOf(await call(CAMPAIGN, { method: "DELETE" }))).toEqual([400, "/data"]);
    expect((await call(CAMPAIGN)).status).toBe(200);
  });
});

describe("cloning a campaign", () => {
  test("makes a draft with copies of its messages, templates and tags", async () => {
    const { call } = await start({
      campaigns: [
        aCampaign({ name: "One", messages: [{ text: "Hi", templateId: "RipRmi" }], tags: [{ id: "t", name: "T" }] }),
      ],
    });
    const clone = await call("/api/campaign-clone", post(cloneBody(CAMPAIGN_ID)));
    const path = `${CAMPAIGNS}/${idOf(clone)}`;
    const messages = await call(`${path}/campaign-messages?include=template`);
    expect([clone.status, attributesOf(clone)["name"], attributesOf(clone)["status"]]).toEqual([
      201,
      "Clone of One",
      "Draft",
    ]);
    expect(idsOf(await call(`${path}/tags`))).toEqual(["t"]);
    expect(messages.json["included"]?.[0]?.["id"]).not.toBe("RipRmi");
    expect(messages.json["included"]?.[0]?.["attributes"]?.["html"]).toContain("News");
    expect(idsOf(messages)).not.toEqual(idsOf(await call(`${CAMPAIGN}/campaign-messages`)));
  });

  test("does not change with its original", async () => {
    const { call } = await startDraft({ name: "One" });
    const clone = await call("/api/campaign-clone", post(cloneBody(CAMPAIGN_ID, { new_name: "Two" })));
    await call(CAMPAIGN, patch(updateBody(CAMPAIGN_ID, { name: "Three" })));
    expect(attributesOf(await call(`${CAMPAIGNS}/${idOf(clone)}`))["name"]).toBe("Two");
  });

  test.each([
    [{ data: { type: "campaign", attributes: {} } }, [400, "/data/id"]],
    [{ data: { type: "campaign", id: CAMPAIGN_ID } }, [400, "/data/attributes"]],
    [cloneBody(CAMPAIGN_ID, { name: "A" }), [400, `${AT}/name`]],
    [cloneBody("unknown"), [404, "/data"]],
  ])("refuses %j", async (body, faults) => {
    const { call } = await start();
    expect(faultsOf(await call("/api/campaign-clone", post(body)))).toEqual(faults);
  });
});

describe("sending for later", () => {
  test.each([
    [{ method: "static", datetime: "2026-11-22T14:00:00+01:00" }, 60],
    [{ method: "smart_send_time", date: "2026-11-23" }, 720],
  ])("%j stays scheduled until then", async (sendStrategy, minutes) => {
    const { call, clock, simulator } = await startDraft({ sendStrategy });
    await call("/api/campaign-send-jobs", post(sendBody()));
    clock.advance(minutes * 60_000 - 1);
    const before = simulator.statusOf(CAMPAIGN_ID);
    clock.advance(1);
    expect([before, simulator.statusOf(CAMPAIGN_ID)]).toEqual(["Scheduled", "Sending"]);
  });
});
