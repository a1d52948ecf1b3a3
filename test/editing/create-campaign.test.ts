import { describe, expect, test } from "@jest/globals";
import { attributesOf, CREATE, CREATED, EMAIL, NEW_ID } from "./new-campaigns.js";
import { onTheWire, onWrite, payloadOf, queriesOfReads, startWithDraft } from "./writes.js";

describe("createCampaign", () => {
  test("asks Klaviyo in its words and gives the new campaign as it answered it, with no more calls", async () => {
    await using gateway = await startWithDraft(onWrite(CREATED));
    expect(await payloadOf(gateway, CREATE, { input: EMAIL })).toEqual({
      outcome: "DONE",
      problem: null,
      campaign: { id: NEW_ID, name: "Sale", status: "DRAFT" },
    });
    expect(gateway.simulator.requests.map(onTheWire)).toEqual([
      {
        line: "POST /api/campaigns",
        query: "fields[campaign]=name,status",
        contentType: "application/vnd.api+json",
        body: {
          data: {
            type: "campaign",
            attributes: {
              name: "Sale",
              audiences: { included: ["Y6nRLr"] },
              "campaign-messages": {
                data: [{ type: "campaign-message", attributes: { definition: { channel: "email" } } }],
              },
            },
          },
        },
      },
    ]);
    expect(gateway.logs.filter((line) => line["audit"] === "createCampaign")).toMatchObject([
      { targetId: null, madeId: NEW_ID, outcome: "DONE" },
    ]);
  });

  test("reads it once more where what it links to is selected", async () => {
    const mutation = `mutation ($input: CampaignCreateInput!) { createCampaign(input: $input) { campaign { name tags { name } } } }`;
    await using gateway = await startWithDraft(onWrite(CREATED));
    await gateway.query(mutation, { input: EMAIL });
    expect(gateway.simulator.requests[0]?.query).toBe("fields%5Bcampaign%5D=name");
    expect(queriesOfReads(gateway)[0]).toContain(`/api/campaigns/${NEW_ID}?`);
  });

  test("writes everything that can be written", async () => {
    const attributes = await attributesOf({
      audiences: { included: ["Y6nRLr"], excluded: ["UTd5ui"] },
      sendStrategy: {
        static: { sendAt: "2026-12-24T10:00:00+02:00", isLocal: true, sendsPastRecipientsImmediately: true },
      },
      sendOptions: { usesSmartSending: false },
      trackingOptions: {
        isTrackingOpens: true,
        isTrackingClicks: false,
        addsTrackingParameters: true,
        customTrackingParameters: [
          { static: { name: "utm_medium", value: "email" } },
          { dynamic: { name: "utm_campaign", filledWith: "CAMPAIGN_NAME_ID" } },
        ],
      },
    });
    expect(attributes).toMatchObject({
      audiences: { included: ["Y6nRLr"], excluded: ["UTd5ui"] },
      send_strategy: {
        method: "static",
        datetime: "2026-12-24T08:00:00.000Z",
        options: { is_local: true, send_past_recipients_immediately: true },
      },
      send_options: { use_smart_sending: false },
      tracking_options: {
        is_tracking_opens: true,
        is_tracking_clicks: false,
        add_tracking_params: true,
        custom_tracking_params: [
          { type: "static", name: "utm_medium", value: "email" },
          { type: "dynamic", name: "utm_campaign", value: "campaign_name_id" },
        ],
      },
    });
  });

  test.each([
    [{ immediate: true }, { method: "immediate" }],
    [{ static: { sendAt: "2026-12-24T10:00:00Z" } }, { method: "static", datetime: "2026-12-24T10:00:00.000Z" }],
    [
      { static: { sendAt: "2026-12-24T10:00:00Z", isLocal: false } },
      { method: "static", datetime: "2026-12-24T10:00:00.000Z", options: { is_local: false } },
    ],
    [
      { throttled: { sendAt: "2026-12-24T10:00:00Z", throttlePercentage: 33 } },
      { method: "throttled", datetime: "2026-12-24T10:00:00.000Z", throttle_percentage: 33 },
    ],
    [{ smartSendTime: { date: "2026-12-24" } }, { method: "smart_send_time", date: "2026-12-24" }],
    [null, null],
  ])("writes the send strategy %j", async (sendStrategy, written) => {
    expect((await attributesOf({ sendStrategy })).send_strategy).toEqual(written);
  });
});
