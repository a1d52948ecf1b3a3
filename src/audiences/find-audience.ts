import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { type AnyAudience, UnknownAudience } from "./audience.type.js";
import type { AudiencesContext } from "./audiences.context.js";

/** What to read of an audience, whichever it turns out to be. */
export interface AudienceQuery {
  readonly list: ResourceQuery;
  readonly segment: ResourceQuery;
}

/**
 * Finds what an id stands for, by asking for a list and for a segment. A find on one side stands whatever became of the other; but
 * "neither" needs the word of both.
 * @throws KlaviyoError
 */
export async function findAudience(
  { lists, segments }: Pick<AudiencesContext, "lists" | "segments">,
  id: string,
  query: AudienceQuery,
): Promise<AnyAudience> {
  const [list, segment] = await Promise.allSettled([lists.load(id, query.list), segments.load(id, query.segment)]);
  if (list.status === "fulfilled" && list.value) return list.value;
  if (segment.status === "fulfilled" && segment.value) return segment.value;
  if (list.status === "rejected") throw list.reason;
  if (segment.status === "rejected") throw segment.reason;
  return new UnknownAudience(id);
}
