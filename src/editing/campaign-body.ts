import type {
  CampaignAudiencesInput,
  CampaignAudiencesUpdateInput,
  CampaignSendOptionsInput,
  CampaignTrackingOptionsInput,
  TrackingParameterInput,
} from "./campaign-options.input.js";
import type { CampaignCreateInput, CampaignUpdateInput } from "./campaign.input.js";
import { newMessageBody } from "./message-body.js";
import { nullOr } from "./null-or.js";
import type { SendStrategyInput, StaticSendStrategyInput } from "./send-strategy.input.js";
import { from } from "./write-body.js";

/** From our inputs to Klaviyo's bodies, in which every value remembers its argument. What was left out is left out. */
export function createCampaignBody(input: CampaignCreateInput): object {
  const messages = input.messages.map((message, index) => from(String(index), newMessageBody(message)));
  const attributes = {
    ...commonAttributes(input),
    "campaign-messages": { data: from("messages", messages) },
  };
  return { data: { type: "campaign", attributes: from("input", attributes) } };
}

/** The body of an update, and its attributes alone: that is what the campaign is compared with afterwards. */
export function updateCampaignBody(id: string, input: CampaignUpdateInput): { body: object; attributes: object } {
  const attributes = commonAttributes(input);
  return {
    body: { data: { type: "campaign", id: from("id", id), attributes: from("input", attributes) } },
    attributes,
  };
}

function commonAttributes(input: CampaignCreateInput | CampaignUpdateInput): object {
  return {
    name: from("name", input.name),
    audiences: from("audiences", nullOr(input.audiences, audiencesOf)),
    send_strategy: from("sendStrategy", nullOr(input.sendStrategy, strategyOf)),
    send_options: from("sendOptions", nullOr(input.sendOptions, sendOptionsOf)),
    tracking_options: from("trackingOptions", nullOr(input.trackingOptions, trackingOptionsOf)),
  };
}

function audiencesOf({ included, excluded }: CampaignAudiencesInput | CampaignAudiencesUpdateInput): object {
  return { included: from("included", included), excluded: from("excluded", excluded) };
}

function sendOptionsOf({ usesSmartSending }: CampaignSendOptionsInput): object {
  return { use_smart_sending: from("usesSmartSending", usesSmartSending) };
}

function trackingOptionsOf(input: CampaignTrackingOptionsInput): object {
  const parameters = nullOr(input.customTrackingParameters, (list) =>
    list.map((parameter, index) => from(String(index), trackingParameterOf(parameter))),
  );
  return {
    is_tracking_opens: from("isTrackingOpens", input.isTrackingOpens),
    is_tracking_clicks: from("isTrackingClicks", input.isTrackingClicks),
    add_tracking_params: from("addsTrackingParameters", input.addsTrackingParameters),
    custom_tracking_params: from("customTrackingParameters", parameters),
  };
}

function trackingParameterOf({ static: fixed, dynamic }: TrackingParameterInput): unknown {
  if (fixed)
    return from("static", { type: "static", name: from("name", fixed.name), value: from("value", fixed.value) });
  const value = from("filledWith", dynamic?.filledWith.toLowerCase());
  return from("dynamic", { type: "dynamic", name: from("name", dynamic?.name), value });
}

function strategyOf({ static: atTime, throttled, smartSendTime }: SendStrategyInput): unknown {
  if (atTime) return from("static", staticStrategyOf(atTime));
  if (throttled)
    return from("throttled", {
      method: "throttled",
      datetime: from("sendAt", throttled.sendAt.toISOString()),
      throttle_percentage: from("throttlePercentage", throttled.throttlePercentage),
    });
  if (smartSendTime) {
    const date = smartSendTime.date.toISOString().slice(0, "YYYY-MM-DD".length);
    return from("smartSendTime", { method: "smart_send_time", date: from("date", date) });
  }
  return from("immediate", { method: "immediate" });
}

function staticStrategyOf({ sendAt, isLocal, sendsPastRecipientsImmediately }: StaticSendStrategyInput): object {
  const options = {
    is_local: from("isLocal", isLocal),
    send_past_recipients_immediately: from(
      "sendsPastRecipientsImmediately",
      sendsPastRecipientsImmediately ?? undefined,
    ),
  };
  const datetime = from("sendAt", sendAt.toISOString());
  return { method: "static", datetime, options: typeof isLocal === "boolean" ? options : undefined };
}
