import type { Subject } from "./freshness.js";
import type { KeptDocument } from "./kept-document.js";

/** What Klaviyo answered. */
export interface Answer {
  /** The JSON document; undefined where Klaviyo answers without one. */
  readonly document: unknown;
  /** The document as it came over the wire, in UTF-8; empty where there is none. */
  readonly bytes: Buffer;
  /** How long ago it was asked for: it was true then or later. */
  readonly ageMs: number;
}

/** What is forgotten at once: all that one account was answered about one subject. */
export class AnswerShelf {
  readonly name: string;

  /** @param account whose it is: an answer is never given to another account */
  constructor(
    readonly account: string,
    readonly subject: Subject,
  ) {
    this.name = `${account} ${subject}`;
  }
}

/** Where an answer is kept. */
export class AnswerPlace {
  /** Tells it from the places of all other questions, and of all other accounts. */
  readonly name: string;

  /** @param key equal questions have equal keys */
  constructor(
    readonly shelf: AnswerShelf,
    readonly key: string,
  ) {
    this.name = `${shelf.name} ${key}`;
  }
}

export interface KeptAnswer {
  readonly document: KeptDocument;
  /** How long ago it was asked for. */
  readonly ageMs: number;
}

export interface FoundAnswer {
  /**
   * Counts how often its shelf was forgotten. What is asked in one generation is kept in it and found in it alone, so that a read
   * that was in flight during a write cannot put an old answer back.
   */
  readonly generation: number;
  readonly answer: KeptAnswer | undefined;
}

/**
 * Keeps answers for a while, bounded, for one process or for several. None of it ever fails or takes long: a store that cannot be
 * reached finds nothing, and forgetting stands between a cancel and its answer.
 */
export interface AnswerStore {
  /** Another one each time that something is forgotten. Undefined where others may forget something and it is not known here. */
  readonly epoch: number | undefined;
  find(place: AnswerPlace): FoundAnswer | Promise<FoundAnswer>;
  /** @param generation the one that the answer was asked in */
  keep(place: AnswerPlace, generation: number, answer: Answer): void | Promise<void>;
  drop(place: AnswerPlace, generation: number): void | Promise<void>;
  /** Nothing that was asked until now and would stand there is found any more. */
  forget(shelf: AnswerShelf): void | Promise<void>;
}
