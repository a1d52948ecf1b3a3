import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import type { CampaignsContext } from "../campaigns/campaigns.context.js";
import { Campaign } from "../campaigns/campaign.type.js";
import { KlaviyoError } from "../klaviyo/failure.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { getPage } from "../klaviyo/resources-api.js";
import { planRead } from "../selection/plan-read.js";
import { TAG, TAG_GROUP } from "../selection/resource-shapes.js";
import { listTags, TAGS_PAGE_MAXIMUM } from "./list-tags.js";
import { TagConnection } from "./tag-connection.type.js";
import { TagGroup, TagGroupPage } from "./tag-group.type.js";
import { TAG_GROUPS_CURSORS, TagArgs, TagGroupArgs, TagGroupsArgs, TagsArgs } from "./tag.args.js";
import { Tag } from "./tag.type.js";
import { decodeTagCursor } from "./tags-cursor.js";
import type { TagsContext } from "./tags.context.js";

@Resolver(() => Tag)
export class TagResolver {
  @RequiresScopes("tags:read")
  @Query(() => Tag, {
    nullable: true,
    description: "One tag by its id, with its group if that is selected; null if Klaviyo has none. One Klaviyo call.",
  })
  tag(
    @Args(() => TagArgs) { id }: TagArgs,
    @Ctx() { tags }: TagsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Tag | null> {
    return tags.load(id, planRead(info, TAG));
  }

  @RequiresScopes("tags:read")
  @Query(() => TagConnection, {
    nullable: true,
    description:
      "The account's tags by name, a page at a time, with their groups if those are selected. One Klaviyo call a page, of " +
      "which it permits 3 a second and 60 a minute.",
  })
  tags(
    @Args(() => TagsArgs) { first, after }: TagsArgs,
    @Ctx() { client, readLimits }: CampaignsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TagConnection> {
    const request = {
      first: first ?? TAGS_PAGE_MAXIMUM,
      after: after ? decodeTagCursor(after) : undefined,
      resource: planRead(info, TAG, { paths: [["nodes"], ["edges", "node"]] }),
    };
    return listTags(client, request, readLimits());
  }

  @FieldResolver(() => TagGroup, {
    nullable: true,
    description:
      "The group that the tag is in; null if the tag was deleted meanwhile. Free where tags are read as such (`tag`, `tags`). For " +
      "tags of campaigns it costs a few calls more, whatever the number of campaigns, and one for each tag that was made within " +
      "the last minutes; Klaviyo permits only 3 a second and 60 a minute.",
  })
  async group(
    @Root() tag: Tag,
    @Ctx() { tags }: TagsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TagGroup | null> {
    const included = tag.includedGroup();
    if (included !== undefined) return included;
    // Klaviyo includes one level deep: a tag that came along with a campaign came without its group.
    const query = { type: "tag", attributes: [], include: { "tag-group": planRead(info, TAG_GROUP) } };
    const withGroup = await tags.load(tag.id, query);
    // A read of the tag itself has said that it is gone since it was listed: what does not exist is in no group.
    if (withGroup === null) return null;
    const group = withGroup.includedGroup();
    if (group !== undefined) return group;
    const reason = "tag.tag-group was asked for and is not there";
    throw new KlaviyoError("reading tag", { kind: "invalid-response", status: 200, reason });
  }
}

@Resolver(() => TagGroup)
export class TagGroupResolver {
  @RequiresScopes("tags:read")
  @Query(() => TagGroup, {
    nullable: true,
    description: "One tag group by its id; null if Klaviyo has none. One Klaviyo call.",
  })
  tagGroup(
    @Args(() => TagGroupArgs) { id }: TagGroupArgs,
    @Ctx() { tagGroups }: TagsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TagGroup | null> {
    return tagGroups.load(id, planRead(info, TAG_GROUP));
  }

  @RequiresScopes("tags:read")
  @Query(() => TagGroupPage, {
    nullable: true,
    description: "The account's tag groups. One Klaviyo call a page, of which it permits 3 a second and 60 a minute.",
  })
  async tagGroups(
    @Args(() => TagGroupsArgs) { after }: TagGroupsArgs,
    @Ctx() { client, readLimits }: CampaignsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TagGroupPage> {
    const request = {
      resource: planRead(info, TAG_GROUP, { paths: [["nodes"]] }),
      cursor: TAG_GROUPS_CURSORS.decode(after),
    };
    const { resources, nextCursor } = await getPage(client, OPERATIONS.getTagGroups, request, readLimits());
    return {
      nodes: resources.map((resource) => new TagGroup(resource)),
      endCursor: TAG_GROUPS_CURSORS.encode(nextCursor),
    };
  }
}

/** Adds to Campaign what this feature knows of it, so that `campaigns/` need not know this feature. */
@Resolver(() => Campaign)
export class CampaignWithTagsResolver {
  @RequiresScopes("tags:read")
  @FieldResolver(() => [Tag], {
    nullable: true,
    description:
      "The labels on the campaign; they come along with campaigns and lists of campaigns without a further call. Null only " +
      "where they could not be read, with an error: the gateway's key may lack `tags:read`.",
  })
  tags(
    @Root() campaign: Campaign,
    @Ctx() { campaignTags }: TagsContext,
  ): readonly Tag[] | Promise<readonly Tag[] | null> {
    const included = campaign.related("tags", "tag");
    return included ? included.map((tag) => new Tag(tag)) : campaignTags.load(campaign.id);
  }
}
