import type { Clock } from "../resilience/clock.js";
import { DeadlineExceededError } from "../resilience/deadline.js";
import type { Lane } from "../resilience/lane-queue.js";
import { type FlightKey, type FlightLimits, SingleFlight } from "../resilience/single-flight.js";
import type { Answer, AnswerPlace, AnswerStore, FoundAnswer, KeptAnswer } from "./answer-store.js";
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
  /** Id and query as they are written on the wire. */
  readonly path: string;
  readonly place: AnswerPlace;
  readonly freshness: Freshness;
  readonly lane: Lane;
  readonly remainingMs: number;
  /** What cannot be decoded is not kept. @throws KlaviyoError */
  readonly decode: (document: unknown) => T;
}

export interface CachedReadsOptions {
  readonly clock: Clock;
  readonly store: AnswerStore;
  /** `off`: nothing is kept, and nothing given that others have kept; equal reads in flight share a call all the same. */
  readonly cache: "on" | "off";
  readonly ask: (question: Question<unknown>, limits: FlightLimits) => Promise<Answer>;
  readonly onRead: (read: ReadRecord) => void;
}

/** What nobody waits for has this long to be fetched. */
const REFRESH_MS = 10_000;

/** Answers reads from the cache while that is good enough, and lets equal ones that are not share a call. */
export class CachedReads {
  /** Lanes do not wait for each other, so they do not share. */
  private readonly flights: Readonly<Record<Lane, SingleFlight<unknown>>>;

  constructor(private readonly options: CachedReadsOptions) {
    const { clock } = options;
    this.flights = {
      critical: new SingleFlight(clock),
      interactive: new SingleFlight(clock),
      background: new SingleFlight(clock),
    };
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
    if (!answer || !this.isOfUse(answer, question)) return this.fetch(question, generation);
    const isStale = answer.ageMs > freshness.freshMs;
    if (isStale) this.refresh(question, generation);
    const isKeptHere = this.options.store.epoch !== undefined;
    const again = isKeptHere && !isStale ? this.again(question, answer.document) : undefined;
    this.report(question, isStale ? "stale" : "hit", answer.ageMs, again);
    return new Promise((resolve) => resolve(answer.document.read(decode)));
  }

  private isOfUse({ document, ageMs }: KeptAnswer, { freshness }: Question<unknown>): boolean {
    // Others may keep what this process is not to give; and what was found a moment ago may have been written over since.
    return this.options.cache === "on" && ageMs <= freshness.staleMs && !document.isLost;
  }

  private fetch<T>(question: Question<T>, generation: number): Promise<T> {
    const { operation, call, lane, remainingMs } = question;
    const key = keyOf(question, generation);
    const flights = this.flights[lane];
    this.report(question, flights.has(key) ? "shared" : "miss", 0);
    const { signal } = call;
    const value = flights.join(key, { signal, remainingMs }, (limits) => this.load(question, generation, limits));
    // Equal questions are decoded alike, so that one value is good for all who share it.
    return value.catch((error: unknown) => fail(operation, error)) as Promise<T>;
  }

  private load<T>(question: Question<T>, generation: number, limits: FlightLimits): Promise<T> {
    return this.options.ask(question, limits).then((answer) => this.keep(question, generation, answer));
  }

  private keep<T>({ place, decode }: Question<T>, generation: number, answer: Answer): T | Promise<T> {
    const { store, cache } = this.options;
    const value = decode(answer.document);
    const kept = cache === "on" ? store.keep(place, generation, answer) : undefined;
    return kept ? kept.then(() => value) : value;
  }

  /** Fetches a newer answer for those who come later; whoever came now has been given the old one. */
  private refresh(question: Question<unknown>, generation: number): void {
    const { background } = this.flights;
    const key = keyOf(question, generation);
    if (this.flights[question.lane].has(key) || background.has(key)) return;
    const call: CallOptions = { ...question.call, lane: "background" };
    const later: Question<unknown> = { ...question, call, lane: "background" };
    const refreshed = background.join(key, { remainingMs: REFRESH_MS }, (limits) =>
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
    const name = operation.name;
    const read = again ? { operation: name, outcome, ageMs, again } : { operation: name, outcome, ageMs };
    call.onRead?.(read);
    this.options.onRead(read);
  }
}

function keyOf({ place: { name } }: Question<unknown>, generation: number): FlightKey {
  return { name, generation };
}

/** Whoever has no time left is told so as of any other time-out. */
function fail({ name }: Operation, error: unknown): never {
  if (!(error instanceof DeadlineExceededError)) throw error;
  throw new KlaviyoError(name, { kind: "timeout" }, error);
}

function isRefusal(error: unknown): boolean {
  return error instanceof KlaviyoError && error.failure.kind === "refused";
}
