import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { requiredText } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";

export enum CampaignSendJobStatus {
  QUEUED = "QUEUED",
  PROCESSING = "PROCESSING",
  COMPLETE = "COMPLETE",
  CANCELLED = "CANCELLED",
  UNRECOGNIZED = "UNRECOGNIZED",
}

registerEnumType(CampaignSendJobStatus, {
  name: "CampaignSendJobStatus",
  description:
    "How far a send job is. It is not the campaign's status: there are fewer of these, and none means failure.",
  valuesConfig: {
    QUEUED: { description: "Waiting to be worked on." },
    PROCESSING: { description: "Being worked on." },
    COMPLETE: { description: "Done." },
    CANCELLED: { description: "Stopped by a cancel." },
    UNRECOGNIZED: { description: "A status that this gateway does not know yet." },
  },
});

const STATUS_OF: Readonly<Record<string, CampaignSendJobStatus>> = {
  queued: CampaignSendJobStatus.QUEUED,
  processing: CampaignSendJobStatus.PROCESSING,
  complete: CampaignSendJobStatus.COMPLETE,
  cancelled: CampaignSendJobStatus.CANCELLED,
};

/** A view over Klaviyo's `campaign-send-job` resource. Its id is the campaign's. */
@ObjectType("CampaignSendJob", {
  simpleResolvers: true,
  description: "The job that sends a campaign. A campaign has at most one, and both carry the same id.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("campaigns:read")
export class CampaignSendJob {
  readonly __typename = "CampaignSendJob";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "The job's id, which is the campaign's id." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => CampaignSendJobStatus, { description: "How far the job is." })
  get status(): CampaignSendJobStatus {
    const status = requiredText(this.resource, "status");
    return Object.hasOwn(STATUS_OF, status) ? (STATUS_OF[status] ?? UNRECOGNIZED) : UNRECOGNIZED;
  }
}

const { UNRECOGNIZED } = CampaignSendJobStatus;
