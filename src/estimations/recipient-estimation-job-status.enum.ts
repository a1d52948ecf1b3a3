import { registerEnumType } from "type-graphql";

export enum CampaignRecipientEstimationJobStatus {
  QUEUED = "QUEUED",
  PROCESSING = "PROCESSING",
  COMPLETE = "COMPLETE",
  CANCELLED = "CANCELLED",
  UNRECOGNIZED = "UNRECOGNIZED",
}

registerEnumType(CampaignRecipientEstimationJobStatus, {
  name: "CampaignRecipientEstimationJobStatus",
  description:
    "How far an estimation is. Klaviyo adds values without notice: handle UNRECOGNIZED, and show `statusText`. None of " +
    "these means failure.",
  valuesConfig: {
    QUEUED: { description: "Waiting to be worked on." },
    PROCESSING: { description: "Being worked on. The present estimation is an old one." },
    COMPLETE: { description: "Done: the estimation is as new as this job." },
    CANCELLED: { description: "Given up." },
    UNRECOGNIZED: { description: "A status that this gateway does not know yet." },
  },
});

const BY_WORDING: ReadonlyMap<string, CampaignRecipientEstimationJobStatus> = new Map([
  ["queued", CampaignRecipientEstimationJobStatus.QUEUED],
  ["processing", CampaignRecipientEstimationJobStatus.PROCESSING],
  ["complete", CampaignRecipientEstimationJobStatus.COMPLETE],
  ["cancelled", CampaignRecipientEstimationJobStatus.CANCELLED],
]);

/** @param wording as Klaviyo writes it */
export function estimationJobStatusOf(wording: string): CampaignRecipientEstimationJobStatus {
  return BY_WORDING.get(wording) ?? CampaignRecipientEstimationJobStatus.UNRECOGNIZED;
}
