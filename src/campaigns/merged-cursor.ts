import { type CampaignPlace, decodeCampaignCursor, encodeCampaignCursor } from "./campaign-cursor.js";

/** A place in the merged list of several channels: one in each channel's own list, null where that list has ended. */
export type MergedPlace = readonly (CampaignPlace | null)[];

const LONGEST = 8_192;
const SEPARATOR = ".";
const ENDED = "-";

/** Opaque to clients: the channels' own cursors in a row. */
export function encodeMergedCursor(list: string, place: MergedPlace): string {
  return place.map((itsPlace) => (itsPlace ? encodeCampaignCursor(list, itsPlace) : ENDED)).join(SEPARATOR);
}

/** @returns undefined for anything that {@link encodeMergedCursor} did not make for this list and number of channels */
export function decodeMergedCursor(list: string, channels: number, cursor: string): MergedPlace | undefined {
  if (cursor.length > LONGEST) return undefined;
  const places = cursor.split(SEPARATOR).map((part) => (part === ENDED ? null : decodeCampaignCursor(list, part)));
  const isWhole = places.length === channels && places.every((place) => place !== undefined);
  return isWhole ? places : undefined;
}
