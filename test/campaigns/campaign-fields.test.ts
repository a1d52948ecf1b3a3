import { describe, expect, test } from "@jest/globals";
import { ID, wire } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";

/** Klaviyo's answer for one campaign with the given attributes, whatever the simulator knows of it. */
function answerWith(gateway: TestGateway, attributes: object): void {
  const body = { data: { type: "campaign", id: ID, attributes, links: { self: "https://a.klaviyo.com/" } } };
  gateway.simulator.addFault({
    times: "always",
    answer: { kind: "status", status: 200, contentType: "application/vnd.api+json", body: JSON.stringify(body) },
  });
}

const STRATEGY = `{ campaign(id: "${ID}") { sendStrategy {
  __typename methodText
  ... on StaticSendStrategy { sendAt isLocal sendsPastRecipientsImmediately }
  ... on ThrottledSendStrategy { from: sendAt throttlePercentage }
  ... on SmartSendTimeStrategy { date }
} } }`;

describe("sendStrategy", () => {
  const at = "2026-11-27T06:00:00+00:00";
  test.each([
    [{ method: "immediate" }, { __typename: "ImmediateSendStrategy", methodText: "immediate" }],
    [
      { method: "static", datetime: at, options: { is_local: true, send_past_recipients_immediately: true } },
      {
        __typename: "StaticSendStrategy",
        sendAt: "2026-11-27T06:00:00.000Z",
        isLocal: true,
        sendsPastRecipientsImmediately: true,
      },
    ],
    [
      { method: "static", datetime: at, options: null },
      { isLocal: false, sendsPastRecipientsImmediately: false },
    ],
    [
      { method: "throttled", datetime: at, throttle_percentage: 20 },
      { __typename: "ThrottledSendStrategy", from: "2026-11-27T06:00:00.000Z", throttlePercentage: 20 },
    ],
    [
      { method: "smart_send_time", date: "2026-11-27" },
      { __typename: "SmartSendTimeStrategy", date: "2026-11-27" },
    ],
    [{ method: "ab_test_campaign" }, { __typename: "AbTestSendStrategy" }],
    [{ method: "unsupported" }, { __typename: "UnrecognizedSendStrategy", methodText: "unsupported" }],
    [
      { method: "by_pigeon", pigeon: 7 },
      { __typename: "UnrecognizedSendStrategy", methodText: "by_pigeon" },
    ],
  ])("of %j is told by its method", async (send_strategy, expected) => {
    await using gateway = await startGateway();
    answerWith(gateway, { send_strategy });
    const { body } = await gateway.query(STRATEGY);
    expect(body.errors).toBeUndefined();
    expect(body.data.campaign.sendStrategy).toMatchObject(expected);
  });

  test("that lacks what its method promises is an invalid response, not a made-up time", async () => {
    await using gateway = await startGateway();
    answerWith(gateway, { send_strategy: { method: "static" } });
    const { body } = await gateway.query(STRATEGY);
    expect(body.data).toEqual({ campaign: null });
    expect(body.errors[0]).toMatchObject({
      path: ["campaign", "sendStrategy", "sendAt"],
      extensions: { code: "UPSTREAM_INVALID_RESPONSE" },
    });
  });
});

describe("trackingOptions", () => {
  const QUERY = `{ campaign(id: "${ID}") { sendOptions { usesSmartSending } trackingOptions {
    isTrackingOpens isTrackingClicks addsTrackingParameters
    customTrackingParameters {
      __typename
      ... on StaticTrackingParameter { name value }
      ... on DynamicTrackingParameter { name filledWith valueText }
      ... on UnrecognizedTrackingParameter { typeText }
    }
  } } }`;

  test("has every kind of parameter, and a member for those of tomorrow", async () => {
    await using gateway = await startGateway();
    answerWith(gateway, {
      send_options: { use_smart_sending: true },
      tracking_options: {
        is_tracking_opens: true,
        is_tracking_clicks: false,
        add_tracking_params: true,
        custom_tracking_params: [
          { type: "static", name: "utm_medium", value: "email" },
          { type: "dynamic", name: "utm_campaign", value: "campaign_name_send_day" },
          { type: "dynamic", name: "utm_new", value: "moon_phase" },
          { type: "telepathic", name: "utm_mind" },
        ],
      },
    });
    const { body } = await gateway.query(QUERY);
    expect(body).toEqual({
      data: {
        campaign: {
          sendOptions: { usesSmartSending: true },
          trackingOptions: {
            isTrackingOpens: true,
            isTrackingClicks: false,
            addsTrackingParameters: true,
            customTrackingParameters: [
              { __typename: "StaticTrackingParameter", name: "utm_medium", value: "email" },
              {
                __typename: "DynamicTrackingParameter",
                name: "utm_campaign",
                filledWith: "CAMPAIGN_NAME_SEND_DAY",
                valueText: "campaign_name_send_day",
              },
              {
                __typename: "DynamicTrackingParameter",
                name: "utm_new",
                filledWith: "UNRECOGNIZED",
                valueText: "moon_phase",
              },
              { __typename: "UnrecognizedTrackingParameter", typeText: "telepathic" },
            ],
          },
        },
      },
    });
  });

  test.each([[null], [undefined]])("is null when Klaviyo sends %s", async (tracking_options) => {
    await using gateway = await startGateway();
    answerWith(gateway, { send_options: {}, tracking_options });
    const { body } = await gateway.query(QUERY);
    expect(body).toEqual({ data: { campaign: { sendOptions: { usesSmartSending: null }, trackingOptions: null } } });
  });
});

test("what is selected of a campaign is what is asked for: each attribute once", async () => {
  await using gateway = await startGateway({ simulator: { campaigns: [{ id: ID, status: "Draft" }] } });
  const { body } = await gateway.query(
    `{ campaign(id: "${ID}") { sendStrategy { methodText } sendOptions { usesSmartSending } trackingOptions { isTrackingOpens } } }`,
  );
  expect(body.errors).toBeUndefined();
  expect(wire(gateway)).toHaveLength(1);
  expect(decodeURIComponent(gateway.simulator.requests[0]?.query ?? "")).toBe(
    "fields[campaign]=send_options,send_strategy,tracking_options",
  );
});
