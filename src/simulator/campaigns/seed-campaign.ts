import type { JsonObject } from "../json.js";

/** What a campaign of the simulator is made from. Only `id` and `status` are needed. */
export interface SeedCampaign {
  readonly id: string;
  readonly name?: string;
  readonly channel?: SeedChannel;
  readonly status: string;
  readonly archived?: boolean;
  /** Moves by the clock, relative to when the campaign was added. */
  readonly timeline?: readonly SeedMove[];
  /** How long after an accepted cancel or revert the status changes. Default 800. */
  readonly settleAfterMs?: number;
  /** false: a cancel or revert is accepted and never takes effect. */
  readonly settles?: boolean;
  /** Answer a cancel or revert with this 4xx, although the status looks stoppable. */
  readonly refusesAction?: number;
  /** The moves that follow a send request, relative to it; default: 20 s of preparation, then 30 s of sending. */
  readonly sendTimeline?: readonly SeedMove[];
  /** ISO 8601. Default: a day before the campaign was added. */
  readonly createdAt?: string;
  /** ISO 8601; default: an hour after `createdAt`, or null for a draft. */
  readonly scheduledAt?: string | null;
  /** ISO 8601; default: when the campaign was added, or null for a draft. */
  readonly sendTime?: string | null;
  readonly audiences?: { readonly included: readonly string[]; readonly excluded?: readonly string[] };
  /** As Klaviyo spells it. Default: `{ method: "immediate" }`. */
  readonly sendStrategy?: JsonObject;
  readonly usesSmartSending?: boolean;
  /** As Klaviyo spells it. Default: what the channel can track is tracked; null for a push. */
  readonly trackingOptions?: JsonObject | null;
  /** What the estimation says until it is refreshed. Default: the members of the audiences. */
  readonly estimatedRecipients?: number;
  /** What a refresh finds. Default: the members of the audiences at that time. */
  readonly refreshedRecipients?: number;
  /** Statistics of the values report by Klaviyo's name; what is not given is made up from the ids. */
  readonly statistics?: Readonly<Record<string, number>>;
  readonly tags?: readonly SeedTag[];
  /** Default: one message of the campaign's channel. */
  readonly messages?: readonly SeedMessage[];
}

export type SeedChannel = (typeof SEED_CHANNELS)[number];
export const SEED_CHANNELS = ["email", "sms", "mobile_push"] as const;

export interface SeedMove {
  readonly afterMs: number;
  readonly status: string;
}

export interface SeedTag {
  readonly id: string;
  readonly name: string;
  /** Default: the account's default group. */
  readonly groupId?: string;
}

export interface SeedMessage {
  /** Default: the campaign's id followed by "-M" and the message's number. */
  readonly id?: string;
  /** Subject of an e-mail, title of a push, text of an SMS. */
  readonly text?: string;
  /** The whole definition as Klaviyo spells it; overrides `text`. */
  readonly definition?: JsonObject;
  /** Of an e-mail. Default: none. */
  readonly templateId?: string;
  /** Of a text message or a push. Default: none. */
  readonly imageId?: string;
}
