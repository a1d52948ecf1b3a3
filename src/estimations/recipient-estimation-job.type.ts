import { Directive, Field, ID, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { requiredText } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";
import { CampaignRecipientEstimationJobStatus, estimationJobStatusOf } from "./recipient-estimation-job-status.enum.js";

/** A view over Klaviyo's `campaign-recipient-estimation-job` resource. Its id is the campaign's. */
@ObjectType("CampaignRecipientEstimationJob", {
  simpleResolvers: true,
  description: "The job that works out how many people a campaign would reach. It carries the campaign's id.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("campaigns:read")
export class CampaignRecipientEstimationJob {
  readonly __typename = "CampaignRecipientEstimationJob";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "The job's id, which is the campaign's id." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => CampaignRecipientEstimationJobStatus, { description: "How far the job is." })
  get status(): CampaignRecipientEstimationJobStatus {
    return estimationJobStatusOf(this.statusText);
  }

  @Field(() => String, {
    description: "The status in Klaviyo's own wording, verbatim; for people, not for comparisons.",
  })
  get statusText(): string {
    return requiredText(this.resource, "status");
  }
}
