import { KlaviyoError, type KlaviyoFailure, mayHaveBeenExecuted } from "../klaviyo/failure.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { isLasting, pauseAfter } from "../klaviyo/pause-after.js";
import type { WriteLimits } from "../klaviyo/writes-api.js";
import type { Backoff } from "../resilience/backoff.js";
import type { Clock } from "../resilience/clock.js";
import { Deadline } from "../resilience/deadline.js";
import type { RunningWork } from "../resilience/running-work.js";
import type { Asked, Looked } from "./asked.js";
import type { WriteProgress } from "./write-progress.js";
import type { WriteDescription } from "./write-verdicts.js";

/** What every write needs. */
export interface WriteDependencies {
  readonly client: KlaviyoClient;
  readonly clock: Clock;
  /** 0 to 1, as Math.random. */
  readonly random: () => number;
  /** The whole of a write, from the first attempt to the answer. */
  readonly deadlineMs: number;
  /** Where writes are on record until they are answered. */
  readonly running: RunningWork;
  /** Told of an error that no answer can tell any more, since its caller has been answered. */
  readonly onLateError: (error: unknown) => void;
}

/** What one write of one caller needs. */
export interface WriteCall extends WriteDependencies {
  /** Among callers, turns are taken where calls have to wait. */
  readonly caller: string;
  /** How long the caller is going to wait: Infinity where it does not say. What was done is read back for no longer than that. */
  readonly patienceMs: number;
  /** How far it is; nothing is begun when none of its callers waits any more, and what is out is seen through. */
  readonly progress: WriteProgress;
}

/** Whether a write that was not executed may be asked again; `doubt`: it may have been executed all the same. */
export type MayRepeat = (failure: KlaviyoFailure) => Promise<"yes" | "no" | "doubt">;

/** Why a write was not begun: nobody waits any more. */
const TIME_IS_UP: KlaviyoFailure = { kind: "not-sent", cause: "timeout" };
/** Between attempts of which none was executed. */
const REPEAT: Backoff = { firstMs: 300, maximumMs: 2_000, factor: 2 };
const LOOK: Backoff = { firstMs: 200, maximumMs: 1_600, factor: 2 };
/** How long to look for the effect of a write whose answer was lost: Klaviyo may still be at it. */
const LOOKING_MS = 5_000;
/** Of a write's time, this share is kept for looking: an attempt that ends with the time would leave an open question. */
const LOOKING_SHARE = 0.2;

/**
 * One write, from asking to knowing. The rules, in short:
 * - Not executed (never sent, 429): ask again, as long as there is time.
 * - Perhaps executed (time-out, lost connection, 5xx, an answer that cannot be read): never ask again; look, where looking tells.
 * - Refused (another 4xx): that is the answer.
 */
export class WriteFlight {
  private readonly deadline: Deadline;
  private readonly asking: Deadline;
  private readonly callers: Deadline;

  constructor(private readonly dependencies: WriteCall) {
    const { clock, deadlineMs, patienceMs } = dependencies;
    this.deadline = new Deadline(clock, deadlineMs);
    this.asking = this.deadline.within(deadlineMs * (1 - LOOKING_SHARE));
    this.callers = this.deadline.within(patienceMs);
  }

  async ask<T>(
    description: WriteDescription,
    write: (limits: WriteLimits) => Promise<T>,
    mayRepeat: MayRepeat = always,
  ): Promise<Asked<T>> {
    const { clock, random, progress } = this.dependencies;
    progress.begins(description);
    for (let attempt = 1; ; attempt++) {
      const asked = await this.askOnce(write);
      progress.ended(asked);
      if (asked.kind !== "refused" || asked.failure.kind === "refused") return asked;
      const pauseMs = pauseAfter(asked.failure, REPEAT, attempt, random());
      if (asked.failure.kind === "invalid-response" || pauseMs >= this.askingMs) return asked;
      await clock.sleep(pauseMs);
      const answer = await mayRepeat(asked.failure);
      if (answer === "doubt") return this.doubted(asked.failure);
      if (answer === "no") return asked;
    }
  }

  /** Not executed, by Klaviyo's word, and what is seen says otherwise. */
  private doubted(failure: KlaviyoFailure): Asked<never> {
    const asked = { kind: "unknown", failure } as const;
    this.dependencies.progress.ended(asked);
    return asked;
  }

  /** Reads once. */
  async look<T>(read: (limits: WriteLimits) => Promise<T>): Promise<Looked<T>> {
    try {
      return { kind: "seen", value: await read({ ...this.limits(this.looking), isLook: true }) };
    } catch (error) {
      if (error instanceof KlaviyoError) return { kind: "failed", failure: error.failure };
      throw error;
    }
  }

  /** Reads until it could be read, and again until what is seen is enough; as long as that may help and there is time. */
  async lookUntil<T>(
    read: (limits: WriteLimits) => Promise<T>,
    isEnough: (seen: T) => boolean = () => true,
  ): Promise<Looked<T>> {
    const { clock } = this.dependencies;
    const looking = this.looking.within(LOOKING_MS);
    for (let attempt = 1; ; attempt++) {
      const looked = await this.look(read);
      const isOver = looked.kind === "seen" ? isEnough(looked.value) : isLasting(looked.failure);
      const failure = looked.kind === "failed" ? looked.failure : undefined;
      const pauseMs = pauseAfter(failure, LOOK, attempt, 1);
      if (isOver || pauseMs >= looking.remainingMs) return looked;
      await clock.sleep(pauseMs);
    }
  }

  private async askOnce<T>(write: (limits: WriteLimits) => Promise<T>): Promise<Asked<T>> {
    const { progress } = this.dependencies;
    if (progress.callers.areGone) return { kind: "refused", failure: TIME_IS_UP, complaints: [] };
    const patience = { patienceMs: progress.callers.remainingMs, mayBegin: () => progress.goesOut() };
    try {
      return { kind: "taken", value: await write({ ...this.limits(this.asking), ...patience }) };
    } catch (error) {
      if (!(error instanceof KlaviyoError)) throw error;
      const { failure, complaints } = error;
      return mayHaveBeenExecuted(failure) ? { kind: "unknown", failure } : { kind: "refused", failure, complaints };
    }
  }

  private get askingMs(): number {
    return Math.min(this.asking.remainingMs, this.dependencies.progress.callers.remainingMs);
  }

  /** What is known to be done is read for its caller alone. */
  private get looking(): Deadline {
    return this.dependencies.progress.isTaken ? this.callers : this.deadline;
  }

  private limits({ remainingMs }: Deadline): WriteLimits {
    const { caller } = this.dependencies;
    return { remainingMs, caller };
  }
}

async function always(): Promise<"yes"> {
  return "yes";
}
