import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { createLoader, type ResourceLoader } from "../klaviyo/resource-loader.js";
import { CampaignTagsLoader } from "./campaign-tags.loader.js";
import { TAGS_PAGE_MAXIMUM } from "./list-tags.js";
import { readByPaging } from "./read-by-paging.js";
import { TagGroup } from "./tag-group.type.js";
import { Tag } from "./tag.type.js";

/** What the tags feature needs of a request. */
export interface TagsContext {
  readonly tags: ResourceLoader<Tag>;
  readonly tagGroups: ResourceLoader<TagGroup>;
  readonly campaignTags: CampaignTagsLoader;
}

const TAGS = { one: OPERATIONS.getTag, all: OPERATIONS.getTags, pageSize: TAGS_PAGE_MAXIMUM };
const TAG_GROUPS = { one: OPERATIONS.getTagGroup, all: OPERATIONS.getTagGroups, pageSize: 25 };

export function createTagsContext(client: KlaviyoClient, limits: () => ReadLimits): TagsContext {
  return {
    tags: createLoader((resource) => new Tag(resource), readByPaging(client, TAGS, limits)),
    tagGroups: createLoader((resource) => new TagGroup(resource), readByPaging(client, TAG_GROUPS, limits)),
    campaignTags: new CampaignTagsLoader(client, limits),
  };
}
