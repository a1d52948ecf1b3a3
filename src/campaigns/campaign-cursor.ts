import { CAMPAIGNS_PAGE_MAXIMUM, CHANNELS, type Channel } from "../klaviyo/campaigns-api.js";

/**
 * A place in a list of campaigns: so many campaigns into the page that Klaviyo's own cursor leads to. Klaviyo has cursors for
 * pages only; a Relay connection needs one for each edge.
 */
export interface CampaignPlace {
  readonly channel: Channel;
  /** Klaviyo's cursor of the page, undefined for the first one. */
  readonly pageCursor: string | undefined;
  /** How many campaigns of that page lie before the place. */
  readonly skip: number;
}

const LONGEST = 2048;

/** Opaque to clients: base64url of a versioned tuple. */
export function encodeCampaignCursor({ channel, pageCursor, skip }: CampaignPlace): string {
  return Buffer.from(JSON.stringify([1, channel, skip, pageCursor ?? null])).toString("base64url");
}

/** @returns undefined for anything that {@link encodeCampaignCursor} does not make. */
export function decodeCampaignCursor(cursor: string): CampaignPlace | undefined {
  if (cursor.length > LONGEST) return undefined;
  const [version, channel, skip, pageCursor, ...rest] = parseTuple(cursor);
  if (version !== 1 || rest.length > 0 || !isChannel(channel)) return undefined;
  if (typeof skip !== "number" || !Number.isInteger(skip) || skip < 0 || skip > CAMPAIGNS_PAGE_MAXIMUM)
    return undefined;
  if (pageCursor !== null && (typeof pageCursor !== "string" || pageCursor === "")) return undefined;
  return { channel, skip, pageCursor: pageCursor ?? undefined };
}

function parseTuple(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function isChannel(value: unknown): value is Channel {
  return (CHANNELS as readonly unknown[]).includes(value);
}
