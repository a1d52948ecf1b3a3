import { hash } from "node:crypto";
import { CAMPAIGNS_PAGE_MAXIMUM } from "../klaviyo/campaigns-api.js";

/**
 * A place in a list of campaigns: so many campaigns into the page that Klaviyo's own cursor leads to. Klaviyo has cursors for
 * pages only; a Relay connection needs one for each edge.
 */
export interface CampaignPlace {
  /** Klaviyo's cursor of the page, undefined for the first one. */
  readonly pageCursor: string | undefined;
  /** How many campaigns of that page lie before the place. */
  readonly skip: number;
}

const LONGEST = 2048;

/** What a list asks for, in a few characters: a cursor leads on in the list that gave it and in no other. */
export function listKey(question: readonly unknown[]): string {
  return hash("sha256", JSON.stringify(question), "base64url").slice(0, 12);
}

/** Opaque to clients: base64url of a versioned tuple. @param list made by {@link listKey} */
export function encodeCampaignCursor(list: string, { pageCursor, skip }: CampaignPlace): string {
  return Buffer.from(JSON.stringify([1, list, skip, pageCursor ?? null])).toString("base64url");
}

/** @returns undefined for anything that {@link encodeCampaignCursor} did not make for this list */
export function decodeCampaignCursor(list: string, cursor: string): CampaignPlace | undefined {
  if (cursor.length > LONGEST) return undefined;
  const [version, itsList, skip, pageCursor, ...rest] = parseTuple(cursor);
  if (version !== 1 || itsList !== list || rest.length > 0) return undefined;
  if (typeof skip !== "number" || !Number.isInteger(skip) || skip < 0 || skip > CAMPAIGNS_PAGE_MAXIMUM)
    return undefined;
  if (pageCursor !== null && (typeof pageCursor !== "string" || pageCursor === "")) return undefined;
  return { skip, pageCursor: pageCursor ?? undefined };
}

function parseTuple(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
