import { RetryBudget } from "../resilience/retry-budget.js";
import type { FlightLimits } from "../resilience/single-flight.js";
import { type Answer, AnswerPlace, AnswerShelf, type AnswerStore } from "./answer-store.js";
import type { AttemptOptions } from "./attempt.js";
import { CachedReads, type Question } from "./cached-reads.js";
import type { CallOptions } from "./call-options.js";
import { pathOf } from "./create-request.js";
import type { Credential } from "./credential.js";
import { KlaviyoError, mayHaveBeenExecuted } from "./failure.js";
import type { Subject } from "./freshness.js";
import type { Operation, ReadOperation, WriteOperation } from "./operations.js";
import type { ReadRecord } from "./read-record.js";
import { RETRY_ALLOWANCE, retriedRead } from "./retried-read.js";
import type { ReadingRevision } from "./revisions.js";
import { signedAttempt } from "./signed-attempt.js";

export interface KlaviyoClientOptions extends AttemptOptions {
  /** Names the account where answers are kept, without giving away its key. It stays the same when the key is replaced. */
  readonly account: string;
  readonly credential: Credential;
  /** The revision of every call that names none: its shapes are the ones the decoders know. */
  readonly readingRevision: ReadingRevision;
  readonly answers: AnswerStore;
  /** Whether answers are kept. Equal reads in flight share a call in any case. */
  readonly cache: "on" | "off";
  /** How often one read may be tried in all. */
  readonly readAttempts: number;
  /** 0 to 1, as Math.random. */
  readonly random: () => number;
  /** Told how each read was answered; for metrics. */
  readonly onRead: (read: ReadRecord) => void;
}

/**
 * Klaviyo, as one account sees it. On its way a read meets: cache, flights shared with others, retries, circuit, gate, attempt. A
 * write, and a write's look at its effect, meet circuit, gate and attempt alone: whether they may be repeated is for their callers
 * to know.
 */
export class KlaviyoClient {
  readonly account: string;
  private readonly retryBudget: RetryBudget;
  private readonly reads: CachedReads;
  private readonly shelves: Readonly<Record<Subject, AnswerShelf>>;

  constructor(private readonly options: KlaviyoClientOptions) {
    const { account, clock, answers: store, cache, onRead } = options;
    this.account = account;
    this.shelves = {
      campaigns: new AnswerShelf(account, "campaigns"),
      references: new AnswerShelf(account, "references"),
    };
    this.retryBudget = new RetryBudget(clock, RETRY_ALLOWANCE);
    const ask = (question: Question<unknown>, limits: FlightLimits) => this.askAgain(question, limits);
    this.reads = new CachedReads({ clock, store, cache, onRead, ask });
  }

  /** Another one each time that something was forgotten; undefined where that is not known in this process. */
  get epoch(): number | undefined {
    return this.options.answers.epoch;
  }

  /** @param decode throws what is wrong with the document, which is then not kept. @throws KlaviyoError */
  read<T>(operation: ReadOperation, call: CallOptions, decode: (document: unknown) => T): Promise<T> {
    if (call.isLook || call.lane === "critical") return this.look(operation, call).then(decode);
    const { attemptTimeoutMs, readingRevision } = this.options;
    const { freshness = operation.freshness, lane = "interactive", remainingMs = attemptTimeoutMs } = call;
    const path = pathOf(operation, call, readingRevision);
    const place = new AnswerPlace(this.shelves[freshness.subject], `${operation.name} ${readingRevision} ${path}`);
    const read = this.reads.read({ operation, call, path, place, freshness, lane, remainingMs, decode });
    // No reference leads to a campaign.
    if (freshness.subject === "campaigns") call.underWay?.add(read);
    return read;
  }

  /** One attempt of a write. @returns the JSON document, or undefined where Klaviyo answers without one. @throws KlaviyoError */
  async call(operation: WriteOperation, call: CallOptions): Promise<unknown> {
    const { changes } = operation;
    try {
      const { document } = await this.askOnce(operation, call);
      if (changes) await this.forget(changes);
      return document;
    } catch (error) {
      if (changes && mayHaveChanged(error)) await this.forget(changes);
      throw error;
    }
  }

  /** What was read about the subject until now is given to nobody any more. */
  async forget(subject: Subject): Promise<void> {
    await this.options.answers.forget(this.shelves[subject]);
  }

  private async look(operation: Operation, call: CallOptions): Promise<unknown> {
    const read = { operation: operation.name, outcome: "look", ageMs: 0 } as const;
    call.onRead?.(read);
    this.options.onRead(read);
    return (await this.askOnce(operation, call)).document;
  }

  private askAgain({ operation, call, path, lane }: Question<unknown>, sharers: FlightLimits): Promise<Answer> {
    const { retryBudget: budget } = this;
    const { clock, random, readAttempts, credential, readingRevision } = this.options;
    const { revision = readingRevision } = call;
    // Nobody waits for what is in the background.
    const attempts = lane === "background" ? 1 : readAttempts;
    return retriedRead({ clock, random, budget, attempts }, sharers, () => {
      const { signal, remainingMs } = sharers;
      const asked = { operation, call, path, revision, signal, remainingMs, sharers };
      return signedAttempt(this.options, credential, asked);
    });
  }

  private askOnce(operation: Operation, call: CallOptions): Promise<Answer> {
    const { attemptTimeoutMs, credential, readingRevision } = this.options;
    const { signal, remainingMs = attemptTimeoutMs, revision = readingRevision } = call;
    const path = pathOf(operation, call, revision);
    return signedAttempt(this.options, credential, { operation, call, path, revision, signal, remainingMs });
  }
}

function mayHaveChanged(error: unknown): boolean {
  return error instanceof KlaviyoError && mayHaveBeenExecuted(error.failure);
}
