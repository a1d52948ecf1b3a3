import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { Campaign } from "../campaigns/campaign.type.js";
import { Image } from "../content/image.type.js";
import { Template } from "../content/template.type.js";
import { planRead } from "../selection/plan-read.js";
import { CAMPAIGN, CAMPAIGN_MESSAGE, IMAGE, TEMPLATE } from "../selection/resource-shapes.js";
import { CampaignMessageArgs } from "./campaign-message.args.js";
import { CampaignMessage } from "./campaign-message.type.js";
import { findRelated, type Relation } from "./find-related.js";
import type { MessagesContext } from "./messages.context.js";

@Resolver(() => CampaignMessage)
export class CampaignMessageResolver {
  @RequiresScopes("campaigns:read")
  @Query(() => CampaignMessage, {
    nullable: true,
    description:
      "One message by its id; null if Klaviyo has none. One Klaviyo call, in which its campaign, template and image come along.",
  })
  campaignMessage(
    @Args(() => CampaignMessageArgs) { id }: CampaignMessageArgs,
    @Ctx() { campaignMessages }: MessagesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CampaignMessage | null> {
    return campaignMessages.load(id, planRead(info, CAMPAIGN_MESSAGE));
  }

  @FieldResolver(() => Campaign, { nullable: true, description: "The campaign that sends it." })
  campaign(
    @Root() message: CampaignMessage,
    @Ctx() context: MessagesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Campaign | null> {
    const relation: Relation<Campaign> = {
      name: "campaign",
      query: planRead(info, CAMPAIGN),
      view: (resource) => new Campaign(resource),
      load: (id, query) => context.campaigns.load(id, query),
    };
    return findRelated(message, relation, context);
  }

  @RequiresScopes("templates:read")
  @FieldResolver(() => Template, {
    nullable: true,
    description:
      "What an e-mail looks like; null for other channels, and for e-mails without a template. Needs `templates:read`: if the " +
      "gateway's key lacks it, this alone is null, with FORBIDDEN. Below `Campaign.messages` it can cost one Klaviyo call for " +
      "each campaign: think before asking in lists.",
  })
  template(
    @Root() message: CampaignMessage,
    @Ctx() context: MessagesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Template | null> {
    const relation: Relation<Template> = {
      name: "template",
      query: planRead(info, TEMPLATE),
      view: (resource) => new Template(resource),
      load: (id, query) => context.templates.load(id, query),
    };
    return findRelated(message, relation, context);
  }

  @RequiresScopes("images:read")
  @FieldResolver(() => Image, {
    nullable: true,
    description:
      "The picture of a text or push message; null if it has none. Needs `images:read`: if the gateway's key lacks it, this alone " +
      "is null, with FORBIDDEN.",
  })
  image(
    @Root() message: CampaignMessage,
    @Ctx() context: MessagesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Image | null> {
    const relation: Relation<Image> = {
      name: "image",
      query: planRead(info, IMAGE),
      view: (resource) => new Image(resource),
      load: (id, query) => context.images.load(id, query),
    };
    return findRelated(message, relation, context);
  }
}

/** Adds to Campaign what this feature knows of it, so that `campaigns/` need not know this feature. */
@Resolver(() => Campaign)
export class CampaignWithMessagesResolver {
  @FieldResolver(() => [CampaignMessage], {
    nullable: true,
    description:
      "What it sends: one message as a rule, one for each variation of an A/B test. They come along with campaigns and lists of " +
      "campaigns without a further call. Null only where they could not be read, with an error.",
  })
  messages(
    @Root() campaign: Campaign,
    @Ctx() { messagesOfCampaign }: MessagesContext,
    @Info() info: GraphQLResolveInfo,
  ): readonly CampaignMessage[] | Promise<readonly CampaignMessage[] | null> {
    const related = campaign.related("campaign-messages", "campaign-message");
    if (related) return related.map((resource) => new CampaignMessage(resource, campaign.id));
    return messagesOfCampaign.load(campaign.id, planRead(info, CAMPAIGN_MESSAGE));
  }
}
