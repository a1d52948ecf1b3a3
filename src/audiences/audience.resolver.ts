import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { Campaign } from "../campaigns/campaign.type.js";
import { planRead } from "../selection/plan-read.js";
import { LIST, SEGMENT } from "../selection/resource-shapes.js";
import { ListArgs, SegmentArgs } from "./audience.args.js";
import { type AnyAudience, Audience } from "./audience.type.js";
import type { AudiencesContext } from "./audiences.context.js";
import { CampaignAudiences } from "./campaign-audiences.type.js";
import { findAudience } from "./find-audience.js";
import { List } from "./list.type.js";
import { Segment } from "./segment.type.js";

const PROFILE_COUNT =
  "How many people are in it; null where Klaviyo does not say. A Klaviyo call for each, of which it permits only 1 a second and " +
  "15 a minute: never ask in lists, and expect RATE_LIMITED.";

@Resolver(() => List)
export class ListResolver {
  @RequiresScopes("lists:read")
  @Query(() => List, { nullable: true, description: "One list by its id; null if Klaviyo has none. One Klaviyo call." })
  list(
    @Args(() => ListArgs) { id }: ListArgs,
    @Ctx() { lists }: AudiencesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<List | null> {
    return lists.load(id, planRead(info, LIST));
  }

  @FieldResolver(() => Int, { nullable: true, description: PROFILE_COUNT })
  profileCount(@Root() { id }: List, @Ctx() { listProfileCounts }: AudiencesContext): Promise<number | null> {
    return listProfileCounts.load(id);
  }
}

@Resolver(() => Segment)
export class SegmentResolver {
  @RequiresScopes("segments:read")
  @Query(() => Segment, {
    nullable: true,
    description: "One segment by its id; null if Klaviyo has none. One Klaviyo call.",
  })
  segment(
    @Args(() => SegmentArgs) { id }: SegmentArgs,
    @Ctx() { segments }: AudiencesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Segment | null> {
    return segments.load(id, planRead(info, SEGMENT));
  }

  @FieldResolver(() => Int, { nullable: true, description: PROFILE_COUNT })
  profileCount(@Root() { id }: Segment, @Ctx() { segmentProfileCounts }: AudiencesContext): Promise<number | null> {
    return segmentProfileCounts.load(id);
  }
}

@Resolver(() => CampaignAudiences)
export class CampaignAudiencesResolver {
  @RequiresScopes("lists:read segments:read")
  @FieldResolver(() => [Audience], {
    nullable: "itemsAndList",
    description:
      "Whom the campaign goes to. Klaviyo does not say which ids are lists and which are segments, so both are asked, ten " +
      "ids a call, once for all campaigns of the request. An item is null only where it could not be read, with an error; the list " +
      "is null only for callers who lack a scope.",
  })
  included(
    @Root() { includedIds }: CampaignAudiences,
    @Ctx() context: AudiencesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AnyAudience>[] {
    return findAll(includedIds, context, info);
  }

  @RequiresScopes("lists:read segments:read")
  @FieldResolver(() => [Audience], {
    nullable: "itemsAndList",
    description:
      "Who is left out, even if in an included audience; read together with `included`. An item is null only where it could " +
      "not be read, with an error; the list is null only for callers who lack a scope.",
  })
  excluded(
    @Root() { excludedIds }: CampaignAudiences,
    @Ctx() context: AudiencesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AnyAudience>[] {
    return findAll(excludedIds, context, info);
  }
}

/** Adds to Campaign what this feature knows of it, so that `campaigns/` need not know this feature. */
@Resolver(() => Campaign)
export class CampaignWithAudiencesResolver {
  @FieldResolver(() => CampaignAudiences, { description: "Whom the campaign goes to, and who is left out." })
  audiences(@Root() campaign: Campaign): CampaignAudiences {
    return new CampaignAudiences(campaign.audienceIds());
  }
}

const ON_LIST = { onType: "List" };
const ON_SEGMENT = { onType: "Segment" };

/** A promise for each id, so that what cannot be read is an error at its own place. */
function findAll(ids: readonly string[], context: AudiencesContext, info: GraphQLResolveInfo): Promise<AnyAudience>[] {
  const query = {
    list: planRead(info, LIST, ON_LIST),
    segment: planRead(info, SEGMENT, ON_SEGMENT),
  };
  return ids.map((id) => findAudience(context, id, query));
}
