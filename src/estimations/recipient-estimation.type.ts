import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { requiredInteger } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";

/** A view over Klaviyo's `campaign-recipient-estimation` resource. Its id is the campaign's. */
@ObjectType("CampaignRecipientEstimation", {
  simpleResolvers: true,
  description:
    "How many people a campaign would reach, as Klaviyo last worked it out. It carries the campaign's id, and is as old as its " +
    "last estimation job.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("campaigns:read")
export class CampaignRecipientEstimation {
  readonly __typename = "CampaignRecipientEstimation";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "The estimation's id, which is the campaign's id." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => Int, {
    description: "How many people it is estimated to go to, each counted once. A forecast, not what was sent.",
  })
  get estimatedRecipientCount(): number {
    return requiredInteger(this.resource, "estimated_recipient_count");
  }
}
