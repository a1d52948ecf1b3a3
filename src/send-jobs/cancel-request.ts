import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import type { Revision } from "../klaviyo/revisions.js";
import type { Clock } from "../resilience/clock.js";
import type { RunningWork } from "../resilience/running-work.js";
import type { WriteRegister } from "../resilience/write-register.js";
import type { CampaignSendAction } from "./campaign-send-action.enum.js";
import type { ReadBack } from "./read-back.js";

export interface CancelRequest {
  readonly id: string;
  readonly revision: Revision;
  readonly action: CampaignSendAction;
  /** What the caller wants to see of the campaign. */
  readonly query: ResourceQuery;
  /** What is left of the gateway's time for the request, which may hold several cancels, one after the other. */
  readonly remainingMs: number;
  /** How long the caller is going to wait: Infinity where it does not say. Nothing is begun after that; what is out is seen through. */
  readonly patienceMs: number;
  /** Nobody waits for the answer any more. */
  readonly isAbandoned: boolean;
}

export interface CancelSettings {
  /** The whole of a cancel, from the first PATCH to the answer. */
  readonly deadlineMs: number;
  /** How long to wait for the status after Klaviyo accepted. */
  readonly waitMs: number;
}

export interface CancelDependencies {
  readonly client: KlaviyoClient;
  readonly readBack: ReadBack;
  readonly clock: Clock;
  /** 0 to 1, as Math.random. */
  readonly random: () => number;
  readonly settings: CancelSettings;
  /** Where cancels are on record until they are answered. */
  readonly running: RunningWork;
  /** Where replicas see each other's cancels. */
  readonly register: WriteRegister;
  /** Told of an error that no answer can tell any more, since its caller has been answered. */
  readonly onLateError: (error: unknown) => void;
}
