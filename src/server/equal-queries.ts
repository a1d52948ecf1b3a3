import { type RootResults, settle } from "../compiled/root-results.js";
import { STATE } from "../klaviyo/freshness.js";
import type { ReadRecord } from "../klaviyo/read-record.js";
import type { Clock } from "../resilience/clock.js";
import { UnderWay } from "../resilience/under-way.js";
import { RepeatedAnswers } from "./repeated-answers.js";
import type { RequestWait } from "./request-wait.js";

/** What became of a compiled operation. */
export interface CompiledAnswer {
  /** Undefined: it led nowhere, and Apollo Server has to take over. */
  readonly text: string | undefined;
  /** What root fields have answered all the same, some of which may not be there yet. */
  readonly results: RootResults;
}

export interface EqualQueriesOptions<TContext> {
  readonly clock: Clock;
  /** What of whoever asks an answer depends on. Undefined: nothing that is known can be for them. */
  readonly viewerOf: (context: TContext) => string | undefined;
  /** Another one each time that something was forgotten. Undefined: that cannot be told in this process alone. */
  readonly epochOf: (context: TContext) => number | undefined;
  /** What was read for a request until now. */
  readonly readsOf: (context: TContext) => readonly ReadRecord[];
  readonly waitOf: (context: TContext) => RequestWait;
  /** Told of each operation that was known, when it is known how it was answered. */
  readonly onRun: (end: RunEnd) => void;
}

/** Run to its end, left to graphql-js, or spared: the answer had been given before, or was made for another request. */
export type RunEnd = "done" | "left" | "repeated" | "shared";

/** A query as it was asked. */
export interface AskedQuery<TContext> {
  /** Stands for the operation, in this process. */
  readonly number: number;
  readonly variables: object;
  readonly context: TContext;
}

/** An answer that is being made. */
interface AnswerUnderWay {
  readonly answer: Promise<CompiledAnswer>;
  readonly wait: RequestWait;
  readonly epoch: number | undefined;
  readonly beganAtMs: number;
}

const NOTHING: CompiledAnswer = { text: undefined, results: new Map() };

/** Makes an answer, at once where nothing has to be waited for. */
type MakeAnswer = () => CompiledAnswer | Promise<CompiledAnswer>;

/**
 * Lets equal queries of those who may see the same have one answer: while it is made, and afterwards for as long as it would be made of
 * the same documents.
 */
export class EqualQueries<TContext> {
  private readonly repeated = new RepeatedAnswers();
  private readonly underWay = new UnderWay<AnswerUnderWay>();

  constructor(private readonly options: EqualQueriesOptions<TContext>) {}

  /** @param make makes the answer; it is called at most once */
  answer(query: AskedQuery<TContext>, make: MakeAnswer): CompiledAnswer | Promise<CompiledAnswer> {
    const { viewerOf, waitOf, epochOf, onRun } = this.options;
    const { context } = query;
    const question = questionOf(query, viewerOf(context));
    if (question === undefined) return make();
    const repeated = this.repeated.find(question);
    if (repeated !== undefined) {
      onRun("repeated");
      return { text: repeated, results: NOTHING.results };
    }
    const underWay = this.underWay.get(question);
    if (underWay && this.isFor(underWay, waitOf(context), epochOf(context))) {
      onRun("shared");
      return this.share(underWay, waitOf(context));
    }
    const made = make();
    if (made instanceof Promise) this.offer(question, context, made);
    else this.keep(question, context, made);
    return made;
  }

  /**
   * Whether an answer that was begun for another request is as good as one that is begun now. Not if something was written meanwhile, or
   * what was read first may be old when the rest has been read; nor if its time is going to be up while there is some left here.
   */
  private isFor({ wait, epoch, beganAtMs }: AnswerUnderWay, own: RequestWait, ownEpoch: number | undefined): boolean {
    const isRecent = this.options.clock.now() - beganAtMs <= STATE.freshMs;
    const hasTime = wait.remainingMs + STATE.freshMs >= own.remainingMs;
    return ownEpoch !== undefined && epoch === ownEpoch && isRecent && hasTime && !wait.isOver;
  }

  /** Whoever has less time than it takes is let go, to be told that by graphql-js. */
  private share({ answer, wait }: AnswerUnderWay, own: RequestWait): Promise<CompiledAnswer> {
    wait.goOnFor(own);
    return new Promise((resolve, reject) => {
      const stopTimer = this.options.clock.after(own.remainingMs, () => resolve(NOTHING));
      answer.then(whole).then(resolve, reject).finally(stopTimer);
    });
  }

  /** Lets others have an answer that is being made. */
  private offer(question: string, context: TContext, answer: Promise<CompiledAnswer>): void {
    const { clock, waitOf, epochOf } = this.options;
    const beganAtMs = clock.now();
    const end = this.underWay.begin(question, { answer, wait: waitOf(context), epoch: epochOf(context), beganAtMs });
    answer.then((made) => {
      end();
      this.keep(question, context, made);
    }, end);
  }

  private keep(question: string, context: TContext, { text }: CompiledAnswer): void {
    if (text !== undefined) this.repeated.keep(question, text, this.options.readsOf(context));
  }
}

/** What others are given is there: who waits for it in graphql-js waits for as long as the first one does. */
async function whole(made: CompiledAnswer): Promise<CompiledAnswer> {
  if (made.text === undefined) await settle(made.results);
  return made;
}

/** All that an answer depends on besides what is read for it. Undefined where it is for one request alone. */
function questionOf({ number, variables }: AskedQuery<unknown>, viewer: string | undefined): string | undefined {
  const values = viewer === undefined ? undefined : textOfValues(variables);
  return values === undefined ? undefined : `${number} ${viewer}\n${values}`;
}

/** Undefined for what is nested more deeply than JSON can be written, and for numbers that it cannot write: that they can be read says nothing. */
function textOfValues(values: object): string | undefined {
  try {
    const text = JSON.stringify(values);
    // 1e400 is read as Infinity, and written as null.
    return text.includes("null") ? JSON.stringify(values, finite) : text;
  } catch {
    return undefined;
  }
}

function finite(_name: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("JSON has no such number.");
  return value;
}
