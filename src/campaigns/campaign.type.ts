import { GraphQLDateTime } from "graphql-scalars";
import { Directive, Field, ID, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import {
  optionalDate,
  optionalPart,
  requiredBoolean,
  requiredDate,
  requiredPart,
  requiredText,
  requiredTextList,
  textList,
} from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";
import { relatedResources } from "../klaviyo/related-resources.js";
import { type CampaignPhase, CampaignStatus, campaignStatusOf, phaseOfWording } from "./campaign-status.enum.js";
import { CampaignSendOptions } from "./send-options.type.js";
import { SendStrategy, sendStrategyOf } from "./send-strategy.type.js";
import { CampaignTrackingOptions } from "./tracking-options.type.js";

/** A view over Klaviyo's `campaign` resource: nothing is copied, and each attribute is checked when it is read. */
@ObjectType("Campaign", {
  simpleResolvers: true,
  description: "A mass e-mail, SMS or push campaign, as Klaviyo knows it at the moment of the answer.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("campaigns:read")
export class Campaign {
  readonly __typename = "Campaign";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "Klaviyo's id of the campaign. Opaque and case-sensitive." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => String, { description: "The name given to the campaign in Klaviyo. Recipients do not see it." })
  get name(): string {
    return requiredText(this.resource, "name");
  }

  @Field(() => CampaignStatus, { description: "Where the campaign is on its way: draft, going out, sent, cancelled." })
  get status(): CampaignStatus {
    return campaignStatusOf(this.statusText);
  }

  @Field(() => String, {
    description: "The status in Klaviyo's own wording, verbatim; for people, not for comparisons.",
  })
  get statusText(): string {
    return requiredText(this.resource, "status");
  }

  get phase(): CampaignPhase {
    return phaseOfWording(this.statusText);
  }

  @Field(() => Boolean, { description: "Whether the campaign was archived. Archived campaigns are left out of lists." })
  get archived(): boolean {
    return requiredBoolean(this.resource, "archived");
  }

  @Field(() => GraphQLDateTime, { description: "When the campaign was created." })
  get createdAt(): Date {
    return requiredDate(this.resource, "created_at");
  }

  @Field(() => GraphQLDateTime, { description: "When the campaign was last changed, by a user or by Klaviyo." })
  get updatedAt(): Date {
    return requiredDate(this.resource, "updated_at");
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When somebody scheduled it, not when it goes out (that is `sendTime`). Null if it never was.",
  })
  get scheduledAt(): Date | null {
    return optionalDate(this.resource, "scheduled_at");
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it will be or was sent. Null for drafts.",
  })
  get sendTime(): Date | null {
    return optionalDate(this.resource, "send_time");
  }

  @Field(() => SendStrategy, { description: "When and how fast it goes out." })
  get sendStrategy(): SendStrategy {
    return sendStrategyOf(requiredPart(this.resource, "send_strategy"));
  }

  @Field(() => CampaignSendOptions, { description: "Which people of its audiences it skips." })
  get sendOptions(): CampaignSendOptions {
    return new CampaignSendOptions(requiredPart(this.resource, "send_options"));
  }

  @Field(() => CampaignTrackingOptions, {
    nullable: true,
    description: "What is tracked when people open and click. Null where the channel has none.",
  })
  get trackingOptions(): CampaignTrackingOptions | null {
    const part = optionalPart(this.resource, "tracking_options");
    return part && new CampaignTrackingOptions(part);
  }

  /** Ids of lists and of segments alike: Klaviyo does not tell which they are. */
  audienceIds(): { readonly included: readonly string[]; readonly excluded: readonly string[] } {
    const part = requiredPart(this.resource, "audiences");
    return { included: requiredTextList(part, "included"), excluded: textList(part, "excluded") };
  }

  /** What came along with the campaign, undefined if it did not. @throws the error for which it was left out */
  related(relationship: string, type: string): readonly Resource[] | undefined {
    return relatedResources(this.resource, relationship, type);
  }
}
