import type { GraphqlBody } from "./exchange.ts";
import type { Press } from "./presses.ts";

/** One click: a button pressed, one request. */
export interface Click {
  readonly requestId: string;
  readonly replica: string;
  readonly atMs: number;
  readonly endedAtMs: number;
  readonly kind: "answered" | "refused" | "lost";
  /** What the frontend was told; undefined when it was told nothing. */
  readonly claim?: Claim;
}

/** What an answer to a cancel says, in the gateway's words; `FAILED` is an error in place of an outcome. */
export interface Claim {
  readonly outcome: string;
  /** Klaviyo's own word, where the answer has one. */
  readonly statusText: string | null;
  /** A problem's or an error's code. */
  readonly reason: string | null;
}

/** A cancel from its first click on: who is told nothing clicks again. Times are milliseconds since the epoch. */
export interface CancelRecord {
  readonly press: Press;
  readonly clicks: readonly Click[];
}

interface Payload {
  readonly outcome: string;
  readonly campaign: { readonly statusText: string } | null;
  readonly problem: { readonly code: string } | null;
}

export function claimOf(status: number, { data, errors }: GraphqlBody): Claim {
  const payload = data?.["cancelCampaignSend"] as Payload | undefined | null;
  if (!payload)
    return { outcome: "FAILED", statusText: null, reason: errors?.[0]?.extensions?.code ?? `HTTP ${status}` };
  const { outcome, campaign, problem } = payload;
  return { outcome, statusText: campaign?.statusText ?? null, reason: problem?.code ?? null };
}

export function answerOf({ clicks }: CancelRecord): Click | undefined {
  return clicks.find(({ claim }) => claim !== undefined);
}
