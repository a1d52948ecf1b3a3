import { registerEnumType } from "type-graphql";

/** What can still be done about a campaign, which is what its status is asked for. */
export type CampaignPhase = "draft" | "pending" | "sending" | "sent" | "cancelled" | "unclear";

interface StatusEntry {
  /** Klaviyo's own wording, verbatim and case-sensitive. */
  readonly wording: string;
  readonly phase: CampaignPhase;
  readonly description: string;
}

export enum CampaignStatus {
  ADDING_RECIPIENTS = "ADDING_RECIPIENTS",
  CANCELLED = "CANCELLED",
  CANCELLED_ACCOUNT_DISABLED = "CANCELLED_ACCOUNT_DISABLED",
  CANCELLED_BILLING_LIMIT = "CANCELLED_BILLING_LIMIT",
  CANCELLED_INTERNAL_ERROR = "CANCELLED_INTERNAL_ERROR",
  CANCELLED_MISCONFIGURED = "CANCELLED_MISCONFIGURED",
  CANCELLED_NO_RECIPIENTS = "CANCELLED_NO_RECIPIENTS",
  CANCELLED_SMART_SENDING = "CANCELLED_SMART_SENDING",
  DRAFT = "DRAFT",
  PREPARING_TO_SCHEDULE = "PREPARING_TO_SCHEDULE",
  PREPARING_TO_SEND = "PREPARING_TO_SEND",
  QUEUED_WITHOUT_RECIPIENTS = "QUEUED_WITHOUT_RECIPIENTS",
  SCHEDULED = "SCHEDULED",
  SENDING = "SENDING",
  SENDING_SEGMENTS = "SENDING_SEGMENTS",
  SENT = "SENT",
  UNKNOWN = "UNKNOWN",
  VARIATIONS_SENT = "VARIATIONS_SENT",
  UNRECOGNIZED = "UNRECOGNIZED",
}

/** Klaviyo's 18 statuses (OpenAPI, revision 2026-07-15), and the member for what it adds tomorrow. */
export const CAMPAIGN_STATUSES: Readonly<Record<CampaignStatus, StatusEntry>> = {
  ADDING_RECIPIENTS: {
    wording: "Adding Recipients",
    phase: "pending",
    description: "Recipients are being worked out. A normal step of a send, not an error.",
  },
  CANCELLED: {
    wording: "Cancelled",
    phase: "cancelled",
    description: "Cancelled for good. Messages that had already gone out stay delivered; only a clone can be sent.",
  },
  CANCELLED_ACCOUNT_DISABLED: {
    wording: "Cancelled: Account Disabled",
    phase: "cancelled",
    description: "Cancelled by Klaviyo because the account is disabled.",
  },
  CANCELLED_BILLING_LIMIT: {
    wording: "Cancelled: Billing Limit",
    phase: "cancelled",
    description: "Cancelled by Klaviyo because the account reached its billing limit.",
  },
  CANCELLED_INTERNAL_ERROR: {
    wording: "Cancelled: Internal Error",
    phase: "cancelled",
    description: "Cancelled by Klaviyo because of an error on its side.",
  },
  CANCELLED_MISCONFIGURED: {
    wording: "Cancelled: Misconfigured",
    phase: "cancelled",
    description: "Cancelled by Klaviyo because the campaign was not set up correctly.",
  },
  CANCELLED_NO_RECIPIENTS: {
    wording: "Cancelled: No Recipients",
    phase: "cancelled",
    description: "Cancelled by Klaviyo because its audiences were empty.",
  },
  CANCELLED_SMART_SENDING: {
    wording: "Cancelled: Smart Sending",
    phase: "cancelled",
    description: "Cancelled by Klaviyo because Smart Sending left nobody to send to.",
  },
  DRAFT: {
    wording: "Draft",
    phase: "draft",
    description: "Not scheduled. It can be edited and sent. This is where REVERT leads.",
  },
  PREPARING_TO_SCHEDULE: {
    wording: "Preparing to schedule",
    phase: "pending",
    description: "Klaviyo is about to schedule it.",
  },
  PREPARING_TO_SEND: {
    wording: "Preparing to send",
    phase: "pending",
    description: "Klaviyo is about to send it.",
  },
  QUEUED_WITHOUT_RECIPIENTS: {
    wording: "Queued without Recipients",
    phase: "pending",
    description: "The send was requested, and recipients have not been worked out yet. A normal step, not an error.",
  },
  SCHEDULED: { wording: "Scheduled", phase: "pending", description: "Waiting for its send time." },
  SENDING: { wording: "Sending", phase: "sending", description: "Going out now. CANCEL stops what has not left yet." },
  SENDING_SEGMENTS: {
    wording: "Sending Segments",
    phase: "sending",
    description: "Going out now, audience by audience.",
  },
  SENT: { wording: "Sent", phase: "sent", description: "Sent completely. It can no longer be stopped." },
  UNKNOWN: { wording: "Unknown", phase: "unclear", description: "Klaviyo itself says `Unknown`." },
  VARIATIONS_SENT: {
    wording: "Variations Sent",
    phase: "sending",
    description: "An A/B test: the test variations have gone out, and the winner has not yet.",
  },
  UNRECOGNIZED: {
    wording: "",
    phase: "unclear",
    description: "A status that this gateway does not know yet. `statusText` has Klaviyo's wording.",
  },
};

const BY_WORDING: ReadonlyMap<string, CampaignStatus> = new Map(
  Object.values(CampaignStatus).map((status) => [CAMPAIGN_STATUSES[status].wording, status]),
);

/** @param wording as Klaviyo writes it; never an error, for Klaviyo may add statuses within a revision. */
export function campaignStatusOf(wording: string): CampaignStatus {
  return BY_WORDING.get(wording) ?? CampaignStatus.UNRECOGNIZED;
}

export function phaseOf(status: CampaignStatus): CampaignPhase {
  return CAMPAIGN_STATUSES[status].phase;
}

/** The same of Klaviyo's own wording: it adds reasons for which it cancels, and a campaign is cancelled for any of them. */
export function phaseOfWording(wording: string): CampaignPhase {
  return wording.startsWith("Cancelled: ") ? "cancelled" : phaseOf(campaignStatusOf(wording));
}

registerEnumType(CampaignStatus, {
  name: "CampaignStatus",
  description:
    "Where a campaign is on its way. Klaviyo adds statuses without notice: handle UNRECOGNIZED, and show `statusText`.",
  valuesConfig: Object.fromEntries(
    Object.values(CampaignStatus).map((status) => [status, { description: CAMPAIGN_STATUSES[status].description }]),
  ),
});
