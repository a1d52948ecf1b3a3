import type { SeedCampaign, SeedTag } from "./campaigns/seed-campaign.js";

const MINUTE_MS = 60_000;

const SALE: SeedTag = { id: "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01", name: "Black Friday" };
const SERVICE: SeedTag = { id: "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d02", name: "Service" };

const CUSTOM_TRACKING = {
  add_tracking_params: true,
  custom_tracking_params: [
    { type: "static", name: "utm_source", value: "klaviyo" },
    { type: "dynamic", name: "utm_campaign", value: "campaign_name" },
  ],
  is_tracking_clicks: true,
  is_tracking_opens: false,
};

/** One account with a campaign in every kind of state, for whoever tries the gateway. Times count from the start. */
export function createDemoCampaigns(): SeedCampaign[] {
  return [...sending(), ...beforeSending(), ...ended(), ...awkward()];
}

/** What one wants to stop. */
function sending(): readonly SeedCampaign[] {
  const goesOn = [{ afterMs: 30 * MINUTE_MS, status: "Sent" }];
  return [
    {
      id: "01JDEMOSENDING00000000000A",
      name: "Black Friday: the e-mail with the wrong price",
      status: "Sending",
      timeline: goesOn,
      settleAfterMs: 1_200,
      tags: [SALE],
      messages: [{ text: "Everything for 1 cent", templateId: "TmP4sA" }],
      audiences: { included: ["Y6nRLr", "VbM7aD"], excluded: ["UTd5ui"] },
      sendStrategy: { method: "throttled", datetime: "2026-11-27T08:00:00+00:00", throttle_percentage: 25 },
    },
    {
      id: "01JDEMOSENDING00000000000B",
      name: "Black Friday: the text message with the dead link",
      channel: "sms",
      status: "Sending",
      timeline: goesOn,
      tags: [SALE],
      messages: [{ text: "50 % off today: https://shop.example.com/404", imageId: "14254" }],
      audiences: { included: ["Xk2PqW"] },
    },
    {
      id: "01JDEMOSENDING00000000000C",
      name: "Black Friday: the push that came an hour early",
      channel: "mobile_push",
      status: "Sending",
      timeline: goesOn,
      tags: [SALE],
      messages: [{ text: "The doors are open", imageId: "7" }],
      audiences: { included: ["RtW3cE"] },
    },
  ];
}

function beforeSending(): readonly SeedCampaign[] {
  return [
    {
      id: "01JDEMOWALKING00000000000A",
      name: "New arrivals: walks from queued to sent in two minutes",
      status: "Queued without Recipients",
      timeline: [
        { afterMs: 10_000, status: "Adding Recipients" },
        { afterMs: 25_000, status: "Scheduled" },
        { afterMs: 40_000, status: "Sending" },
        { afterMs: 120_000, status: "Sent" },
      ],
    },
    {
      id: "01JDEMOSCHEDULED000000000A",
      name: "Cyber Monday: scheduled for the far future",
      status: "Scheduled",
      sendTime: "2030-12-02T08:00:00+00:00",
      sendStrategy: { method: "static", datetime: "2030-12-02T08:00:00+00:00", options: { is_local: false } },
      tags: [SALE, SERVICE],
      messages: [{ text: "The last day", templateId: "RipRmi" }],
      trackingOptions: CUSTOM_TRACKING,
    },
    {
      id: "01JDEMODRAFT0000000000000A",
      name: "Christmas letter: a draft to send",
      status: "Draft",
      messages: [{ text: "Merry Christmas", templateId: "RipRmi" }],
      // Stale on purpose: a refresh of the estimation changes it.
      estimatedRecipients: 3_900,
    },
    {
      id: "01JDEMODRAFT0000000000000B",
      name: "Christmas text message: a draft",
      channel: "sms",
      status: "Draft",
      tags: [SERVICE],
    },
  ];
}

/** What can no more be stopped. */
function ended(): readonly SeedCampaign[] {
  return [
    {
      id: "01JDEMOSENT00000000000000A",
      name: "Autumn newsletter",
      status: "Sent",
      tags: [SERVICE],
      messages: [{ text: "What autumn brings", templateId: "RipRmi" }],
      statistics: { recipients: 4_200, opens_unique: 1_764, clicks_unique: 168 },
    },
    {
      id: "01JDEMOCANCELLED000000000A",
      name: "Flash sale that was called off",
      status: "Cancelled",
      tags: [SALE],
    },
    {
      id: "01JDEMOCANCELLED000000000B",
      name: "Push to an empty segment",
      channel: "mobile_push",
      status: "Cancelled: No Recipients",
    },
    { id: "01JDEMOARCHIVED0000000000A", name: "Newsletter of last year", status: "Sent", archived: true },
  ];
}

/** What a client must be ready for. */
function awkward(): readonly SeedCampaign[] {
  return [
    {
      id: "01JDEMONEVERSETTLES000000A",
      name: "Accepts a cancel and goes on sending",
      status: "Sending",
      settles: false,
    },
    {
      id: "01JDEMOALMOSTSENT00000000A",
      name: "Is sent two seconds after the start: too late to cancel",
      status: "Sending",
      timeline: [{ afterMs: 2_000, status: "Sent" }],
    },
    {
      id: "01JDEMOREFUSES00000000000A",
      name: "Refuses to be stopped, although it is being sent",
      channel: "sms",
      status: "Sending",
      refusesAction: 400,
    },
  ];
}
