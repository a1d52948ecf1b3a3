import { GraphQLDateTime } from "graphql-scalars";
import { Directive, Field, ID, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { CampaignChannel, campaignChannelOf } from "../campaigns/campaign-channel.enum.js";
import { optionalDate, optionalPart, optionalText, partList } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";
import { linkedIds, relatedResources } from "../klaviyo/related-resources.js";
import { ofCampaign } from "./linkage.js";
import { CampaignMessageDefinition, messageDefinitionOf } from "./message-definition.type.js";
import { MessageSendTime } from "./message-send-time.type.js";

/** A view over Klaviyo's `campaign-message` resource. */
@ObjectType("CampaignMessage", {
  simpleResolvers: true,
  description: "What a campaign sends. Most campaigns have one message; an A/B test has one for each variation.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("campaigns:read")
export class CampaignMessage {
  readonly __typename = "CampaignMessage";

  /** @param campaignId where it is known from which campaign we came to it, whether or not the document says so */
  constructor(
    private readonly resource: Resource,
    readonly campaignId?: string,
  ) {}

  @Field(() => ID, { description: "Klaviyo's id of the message. Opaque and case-sensitive." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => CampaignChannel, {
    nullable: true,
    description: "How it reaches people. Null for a channel that this gateway does not know yet: show `channelText`.",
  })
  get channel(): CampaignChannel | null {
    const channel = this.channelText;
    return (channel !== null && campaignChannelOf(channel)) || null;
  }

  @Field(() => String, { nullable: true, description: "The channel in Klaviyo's own word, such as `mobile_push`." })
  get channelText(): string | null {
    return this.ofDefinition("channel");
  }

  @Field(() => String, {
    nullable: true,
    description: "The name given to the message, such as that of a variation. E-mail only; null if it has none.",
  })
  get label(): string | null {
    return this.ofDefinition("label");
  }

  @Field(() => CampaignMessageDefinition, {
    nullable: true,
    description: "What it says, by its kind. Null where Klaviyo does not say.",
  })
  get definition(): typeof CampaignMessageDefinition | null {
    const part = optionalPart(this.resource, "definition");
    return part && messageDefinitionOf(part);
  }

  @Field(() => [MessageSendTime], {
    nullable: true,
    description:
      "When it goes or went out. Empty for drafts. Null only where Klaviyo's times cannot be read, with an error.",
  })
  get sendTimes(): readonly MessageSendTime[] {
    return partList(this.resource, "send_times").map((part) => new MessageSendTime(part));
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the message was created. Null where Klaviyo does not say.",
  })
  get createdAt(): Date | null {
    return optionalDate(this.resource, "created_at");
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the message was last changed. Null where Klaviyo does not say.",
  })
  get updatedAt(): Date | null {
    return optionalDate(this.resource, "updated_at");
  }

  /** What came along with the message: null if it has none, undefined if it did not come. @throws the error that kept it away */
  cameAlong(relationship: string, type: string): Resource | null | undefined {
    const related = relatedResources(this.linked, relationship, type);
    return related && (related[0] ?? null);
  }

  /** Null if it links to nothing, undefined if the document does not say. */
  linkedId(relationship: string, type: string): string | null | undefined {
    const ids = linkedIds(this.linked, relationship, type);
    return ids && (ids[0] ?? null);
  }

  private get linked(): Resource {
    return this.campaignId === undefined ? this.resource : ofCampaign(this.resource, this.campaignId);
  }

  private ofDefinition(name: string): string | null {
    const definition = optionalPart(this.resource, "definition");
    return definition && optionalText(definition, name);
  }
}
