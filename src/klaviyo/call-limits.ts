import type { RateTier } from "../resilience/call-ledger.js";
import { type Operation, OPERATIONS } from "./operations.js";

/** Tiers that replace the declared ones, by operation; or no limits at all, for accounts (and tests) that have none. */
export type CallLimits = "off" | ReadonlyMap<string, RateTier>;

const ENTRY = /^([a-z_]+)=(\d{1,6})\/(\d{1,6})(?:\/(\d{1,7}))?$/;

/**
 * Reads `off`, or tiers such as `get_campaigns=5/75,query_campaign_values=1/2/100`: calls a second, a minute and, where it is given,
 * a day. @throws Error whose message begins with "must"
 */
export function parseCallLimits(value: string): CallLimits {
  if (value === "off") return "off";
  const entries = value.split(",").flatMap((entry) => entry.trim() || []);
  const parsed = entries.map((entry) => [entry, parseEntry(entry)] as const);
  const wrong = parsed.flatMap(([entry, tier]) => (tier ? [] : [`"${entry}"`]));
  if (wrong.length === 0) return new Map(parsed.flatMap(([, tier]) => (tier ? [tier] : [])));
  throw new Error(
    `must be off, or tiers such as get_campaigns=5/75 of operations that the gateway uses, not ${wrong.join(", ")}.`,
  );
}

function parseEntry(entry: string): readonly [operation: string, tier: RateTier] | undefined {
  const [, name = "", second, minute, day] = ENTRY.exec(entry) ?? [];
  const [perSecond, perMinute, perDay] = [Number(second), Number(minute), Number(day ?? Number.MAX_SAFE_INTEGER)];
  const isKnown = Object.values<Operation>(OPERATIONS).some((operation) => operation.name === name);
  if (!isKnown || !(perSecond >= 1) || !(perMinute >= 1) || perDay < 1) return undefined;
  return [name, day === undefined ? { perSecond, perMinute } : { perSecond, perMinute, perDay }];
}
