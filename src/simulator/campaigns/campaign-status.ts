/** Klaviyo's eighteen spellings (enum of the OpenAPI document, also the legal values of the status filter). */
export const CAMPAIGN_STATUSES = [
  "Adding Recipients",
  "Cancelled",
  "Cancelled: Account Disabled",
  "Cancelled: Billing Limit",
  "Cancelled: Internal Error",
  "Cancelled: Misconfigured",
  "Cancelled: No Recipients",
  "Cancelled: Smart Sending",
  "Draft",
  "Preparing to schedule",
  "Preparing to send",
  "Queued without Recipients",
  "Scheduled",
  "Sending",
  "Sending Segments",
  "Sent",
  "Unknown",
  "Variations Sent",
] as const;

const BEFORE_SENDING = [
  "Adding Recipients",
  "Preparing to schedule",
  "Preparing to send",
  "Queued without Recipients",
  "Scheduled",
];

/** Nothing moves a campaign out of these: it can only be cloned. */
export function isFinal(status: string): boolean {
  return status === "Sent" || status.startsWith("Cancelled");
}

/** A16: whatever is neither a draft nor final can be stopped, a status unknown to us included. */
export function isStoppable(status: string): boolean {
  return status !== "Draft" && !isFinal(status);
}

/** A20: Klaviyo documents the four job statuses, but not which campaign status each goes with. */
export function sendJobStatusOf(campaignStatus: string): "queued" | "processing" | "complete" | "cancelled" {
  if (campaignStatus === "Sent") return "complete";
  // A draft that has a job was reverted: its job is as dead as that of a cancelled campaign.
  if (campaignStatus === "Draft" || campaignStatus.startsWith("Cancelled")) return "cancelled";
  return BEFORE_SENDING.includes(campaignStatus) ? "queued" : "processing";
}
