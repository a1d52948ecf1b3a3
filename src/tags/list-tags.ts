import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { getPage } from "../klaviyo/resources-api.js";
import type { TagConnection } from "./tag-connection.type.js";
import { Tag } from "./tag.type.js";
import { encodeTagCursor, type TagPlace } from "./tags-cursor.js";

/** The largest page of `GET /api/tags`. */
export const TAGS_PAGE_MAXIMUM = 50;

export interface TagsRequest {
  /** 1 to 50. */
  readonly first: number;
  readonly after: TagPlace | undefined;
  readonly resource: ResourceQuery;
}

/**
 * One page of tags, always in one call. After a cursor from the middle of one of Klaviyo's pages that page is asked for again,
 * enlarged by what is skipped, so it may hold fewer tags than were asked for; `endCursor` leads on.
 */
export async function listTags(
  client: KlaviyoClient,
  { first, after, resource }: TagsRequest,
  limits: ReadLimits,
): Promise<TagConnection> {
  const place = after ?? { pageCursor: undefined, skip: 0 };
  const pageSize = Math.min(TAGS_PAGE_MAXIMUM, place.skip + first);
  const request = { resource, pageSize, cursor: place.pageCursor, sort: "name" };
  const { resources, nextCursor, hasPrevious } = await getPage(client, OPERATIONS.getTags, request, limits);
  // A page that is thinner than it was may not have all that is to be skipped.
  const skip = Math.max(0, place.skip - resources.length);
  const next = nextCursor === undefined ? undefined : encodeTagCursor({ pageCursor: nextCursor, skip });
  const all = resources.map((found, index) => {
    // The end of a page is at the same time the beginning of the next one, which is the cheaper place to go on from.
    const isLast = index === resources.length - 1;
    const cursor = (isLast && next) || encodeTagCursor({ ...place, skip: index + 1 });
    return { cursor, node: new Tag(found) };
  });
  const edges = all.slice(place.skip);
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: next !== undefined,
      hasPreviousPage: hasPrevious || place.skip > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      // Where all of the page was skipped, there is still a way on.
      endCursor: edges.at(-1)?.cursor ?? next ?? null,
    },
  };
}
