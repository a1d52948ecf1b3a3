import type { Clock } from "../resilience/clock.js";
import { DeadlineExceededError } from "../resilience/deadline.js";
import { type FlightLimits, SingleFlight } from "../resilience/single-flight.js";
import type { Answer, AnswerPlace, AnswerStore, FoundAnswer } from "./answer-store.js";
import { KlaviyoError } from "./failure.js";
import type { Freshness } from "./freshness.js";
import type { CallOptions } from "./call-options.js";
import type { KeptDocument } from "./kept-document.js";
import type { ReadRecord, RepeatableRead } from "./read-record.js";
import type { Operation } from "./operations.js";

/** One read, and where its answer is kept. */
export interface Question<T> {
  readonly operation: Operation;
  readonly call: CallOptions;
  readonly place: AnswerPlace;
  readonly freshness: Freshness;
  readonly remainingMs: number;
  /** What cannot be decoded is not kept. @throws KlaviyoError */
  readonly decode: (document: unknown) => T;
}

export interface CachedReadsOptions {
  readonly clock: Clock;
  readonly store: AnswerStore;
  /** `off`: nothing is kept; equal reads in flight share a call all the same. */
  readonly cache: "on" | "off";
  readonly ask: (question: Question<unknown>, limits: FlightLimits) => Promise<Answer>;
  readonly onRead: (read: ReadRecord) => void;
}

/** What nobody waits for has this long to be fetched. */
const REFRESH_MS = 10_000;

/** Answers reads from the cache while that is good enough, and lets equal ones that are not share a call. */
export class CachedReads {
  private readonly flights: SingleFlight<unknown>;

  constructor(private readonly options: CachedReadsOptions) {
    this.flights = new SingleFlight(options.clock);
  }

  /** @throws KlaviyoError, or the reason of the caller's signal */
  read<T>(question: Question<T>): Promise<T> {
    const found = this.options.store.find(question.place);
    return found instanceof Promise
      ? found.then((later) => this.answer(question, later))
      : this.answer(question, found);
  }

  private answer<T>(question: Question<T>, { generation, answer }: FoundAnswer): Promise<T> {
    const { freshness, decode } = question;
    if (!answer || answer.ageMs > freshness.staleMs) return this.fetch(question, generation);
    const isStale = answer.ageMs > freshness.freshMs;
    if (isStale) this.refresh(question, generation);
    const isKeptHere = this.options.store.epoch !== undefined;
    const again = isKeptHere && !isStale ? this.again(question, answer.document) : undefined;
    this.report(question, isStale ? "stale" : "hit", answer.ageMs, again);
    return new Promise((resolve) => resolve(answer.document.read(decode)));
  }

  private async fetch<T>(question: Question<T>, generation: number): Promise<T> {
    const { operation, call, remainingMs } = question;
    const key = keyOf(question, generation);
    this.report(question, this.flights.has(key) ? "shared" : "miss", 0);
    try {
      const value = await this.flights.join(key, { signal: call.signal, remainingMs }, (limits) =>
        this.load(question, generation, limits),
      );
      // Equal questions are decoded alike, so that one value is good for all who share it.
      return value as T;
    } catch (error) {
      if (!(error instanceof DeadlineExceededError)) throw error;
      throw new KlaviyoError(operation.name, { kind: "timeout" }, error);
    }
  }

  private async load<T>(question: Question<T>, generation: number, limits: FlightLimits): Promise<T> {
    const { store, cache } = this.options;
    const answer = await this.options.ask(question, limits);
    const value = question.decode(answer.document);
    const kept = cache === "on" ? store.keep(question.place, generation, answer) : undefined;
    if (kept) await kept;
    return value;
  }

  /** Fetches a newer answer for those who come later; whoever came now has been given the old one. */
  private refresh(question: Question<unknown>, generation: number): void {
    const later: Question<unknown> = { ...question, call: { ...question.call, lane: "background" } };
    const keys = [keyOf(question, generation), keyOf(later, generation)];
    if (keys.some((key) => this.flights.has(key))) return;
    const refreshed = this.flights.join(keyOf(later, generation), { remainingMs: REFRESH_MS }, (limits) =>
      this.load(later, generation, limits),
    );
    // Nobody waits for it: if it fails, the old answer stands until it is too old. A refusal is news, though.
    refreshed.catch((error: unknown) => {
      if (isRefusal(error)) return this.options.store.drop(question.place, generation);
    });
  }

  /** What is kept for several processes may be another document's copy each time: only what is in the memory of this one can be told. */
  private again({ operation, place, freshness }: Question<unknown>, { number }: KeptDocument): RepeatableRead {
    let ageMs = 0;
    return {
      isAsGoodAsNew: () => {
        const found = this.options.store.find(place);
        if (found instanceof Promise || found.answer?.document.number !== number) return false;
        ({ ageMs } = found.answer);
        return ageMs <= freshness.freshMs;
      },
      record: () => this.options.onRead({ operation: operation.name, outcome: "hit", ageMs }),
    };
  }

  private report(
    { operation, call }: Question<unknown>,
    outcome: ReadRecord["outcome"],
    ageMs: number,
    again?: RepeatableRead,
  ): void {
    const read = { operation: operation.name, outcome, ageMs, ...(again && { again }) };
    call.onRead?.(read);
    this.options.onRead(read);
  }
}

/** Lanes do not wait for each other, so they do not share. */
function keyOf({ call, place }: Question<unknown>, generation: number): string {
  return `${place.account} ${generation} ${call.lane ?? "interactive"} ${place.key}`;
}

function isRefusal(error: unknown): boolean {
  return error instanceof KlaviyoError && error.failure.kind === "refused";
}
