import type { RootResults } from "../compiled/root-results.js";
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
  /** What root fields have answered all the same. */
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

/**
 * Lets equal queries of those who may see the same have one answer: while it is made, and afterwards for as long as it would be made of
 * the same documents.
 */
export class EqualQueries<TContext> {
  private readonly repeated = new RepeatedAnswers();
  private readonly underWay = new UnderWay<AnswerUnderWay>();

  constructor(private readonly options: EqualQueriesOptions<TContext>) {}

  /** @param make makes the answer; it is called at most once */
  answer(query: AskedQuery<TContext>, make: () => Promise<CompiledAnswer>): Promise<CompiledAnswer> {
    const { viewerOf, epochOf, waitOf, onRun } = this.options;
    const { context } = query;
    const question = questionOf(query, viewerOf(context));
    if (question === undefined) return make();
    const repeated = this.repeated.find(question);
    if (repeated !== undefined) {
      onRun("repeated");
      return Promise.resolve({ text: repeated, results: NOTHING.results });
    }
    const wait = waitOf(context);
    const epoch = epochOf(context);
    const underWay = this.underWay.get(question);
    if (underWay && this.isFor(underWay, wait, epoch)) {
      onRun("shared");
      return this.share(underWay, wait);
    }
    return this.begin(question, { context, wait, epoch }, make);
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
      answer.then(resolve, reject).finally(stopTimer);
    });
  }

  private async begin(
    question: string,
    { context, wait, epoch }: Pick<AnswerUnderWay, "wait" | "epoch"> & { readonly context: TContext },
    make: () => Promise<CompiledAnswer>,
  ): Promise<CompiledAnswer> {
    const beganAtMs = this.options.clock.now();
    const answer = make();
    const end = this.underWay.begin(question, { answer, wait, epoch, beganAtMs });
    try {
      const made = await answer;
      if (made.text !== undefined) this.repeated.keep(question, made.text, this.options.readsOf(context));
      return made;
    } finally {
      end();
    }
  }
}

/** All that an answer depends on besides what is read for it. Undefined where it is for one request alone. */
function questionOf({ number, variables }: AskedQuery<unknown>, viewer: string | undefined): string | undefined {
  const values = viewer === undefined ? undefined : textOfValues(variables);
  return values === undefined ? undefined : `${number} ${viewer}\n${values}`;
}

/** Undefined for what is nested more deeply than JSON can be written: that it can be read says nothing. */
function textOfValues(values: object): string | undefined {
  try {
    return JSON.stringify(values);
  } catch {
    return undefined;
  }
}
