import {
  type CampaignPlace,
  decodeCampaignCursor,
  encodeCampaignCursor,
  listKey,
} from "../campaigns/campaign-cursor.js";

/** A place in the list of tags: like one in a list of campaigns, a page of Klaviyo's and so many into it. */
export type TagPlace = CampaignPlace;

const TAGS = listKey(["tags"]);

export function encodeTagCursor(place: TagPlace): string {
  return encodeCampaignCursor(TAGS, place);
}

/** @returns undefined for anything that {@link encodeTagCursor} did not make */
export function decodeTagCursor(cursor: string): TagPlace | undefined {
  return decodeCampaignCursor(TAGS, cursor);
}
