import type { FlightLimits } from "../resilience/single-flight.js";
import { RetryBudget } from "../resilience/retry-budget.js";
import type { Answer, AnswerStore } from "./answer-store.js";
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

  constructor(private readonly options: KlaviyoClientOptions) {
    const { clock, answers: store, cache, onRead } = options;
    this.account = options.account;
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
    const { freshness = operation.freshness } = call;
    const path = pathOf(operation, call, readingRevision);
    const key = `${operation.name} ${readingRevision} ${path}`;
    const place = { account: this.account, subject: freshness.subject, key };
    const remainingMs = call.remainingMs ?? attemptTimeoutMs;
    return this.reads.read({ operation, call: { ...call, path }, place, freshness, remainingMs, decode });
  }

  /** One attempt of a write. @returns the JSON document, or undefined where Klaviyo answers without one. @throws KlaviyoError */
  async call(operation: WriteOperation, call: CallOptions): Promise<unknown> {
    const { changes } = operation;
    try {
      const { document } = await this.ask(operation, call);
      if (changes) await this.forget(changes);
      return document;
    } catch (error) {
      if (changes && mayHaveChanged(error)) await this.forget(changes);
      throw error;
    }
  }

  /** What was read about the subject until now is given to nobody any more. */
  async forget(subject: Subject): Promise<void> {
    await this.options.answers.forget(this.account, subject);
  }

  private async look(operation: Operation, call: CallOptions): Promise<unknown> {
    const read = { operation: operation.name, outcome: "look", ageMs: 0 } as const;
    call.onRead?.(read);
    this.options.onRead(read);
    return (await this.ask(operation, call)).document;
  }

  private askAgain({ operation, call }: Question<unknown>, { signal, remainingMs }: FlightLimits): Promise<Answer> {
    const { retryBudget: budget } = this;
    const { clock, random } = this.options;
    // Nobody waits for what is in the background.
    const attempts = call.lane === "background" ? 1 : this.options.readAttempts;
    return retriedRead({ clock, random, budget, attempts }, { signal, remainingMs }, () =>
      this.ask(operation, { ...call, signal, remainingMs: remainingMs() }),
    );
  }

  private ask(operation: Operation, call: CallOptions): Promise<Answer> {
    const { credential, readingRevision: revision } = this.options;
    return signedAttempt(this.options, credential, operation, { revision, ...call });
  }
}

function mayHaveChanged(error: unknown): boolean {
  return error instanceof KlaviyoError && mayHaveBeenExecuted(error.failure);
}
