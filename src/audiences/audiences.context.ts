import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { createLoader, type ResourceLoader } from "../klaviyo/resource-loader.js";
import { List } from "./list.type.js";
import { ProfileCountLoader } from "./profile-count.loader.js";
import { readInBatches } from "./read-in-batches.js";
import { Segment } from "./segment.type.js";

/** What the audiences feature needs of a request. */
export interface AudiencesContext {
  readonly lists: ResourceLoader<List>;
  readonly segments: ResourceLoader<Segment>;
  readonly listProfileCounts: ProfileCountLoader;
  readonly segmentProfileCounts: ProfileCountLoader;
}

export function createAudiencesContext(client: KlaviyoClient, limits: () => ReadLimits): AudiencesContext {
  const { getLists, getList, getSegments, getSegment } = OPERATIONS;
  return {
    lists: createLoader((resource) => new List(resource), readInBatches(client, getLists, limits)),
    segments: createLoader((resource) => new Segment(resource), readInBatches(client, getSegments, limits)),
    listProfileCounts: new ProfileCountLoader(client, "list", getList, limits),
    segmentProfileCounts: new ProfileCountLoader(client, "segment", getSegment, limits),
  };
}
