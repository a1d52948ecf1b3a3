import { LRUCache } from "lru-cache";
import type { ReadRecord, RepeatableRead } from "../klaviyo/read-record.js";

interface RepeatableAnswer {
  readonly text: string;
  readonly reads: readonly RepeatableRead[];
}

/** All answers together, each with the question it is known by and its reads. */
const KEPT_CHARACTERS = 8_388_608;
/** What remembering a read takes, as measured: more than a short answer, which may be made of many. */
const CHARACTERS_A_READ = 1_000;

/**
 * Answers that can be given again as they were written, for as long as each read that they were made of would be answered by the very
 * document that it was answered by. Nothing here is older than what is kept of Klaviyo's answers, or kept for longer.
 */
export class RepeatedAnswers {
  private readonly answers = new LRUCache<string, RepeatableAnswer>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: ({ text, reads }, question) => text.length + question.length + reads.length * CHARACTERS_A_READ,
  });

  /** @param question all that an answer depends on besides its reads. @returns the answer's text */
  find(question: string): string | undefined {
    const known = this.answers.get(question);
    if (!known?.reads.every((read) => read.isAsGoodAsNew())) return undefined;
    for (const read of known.reads) read.record();
    return known.text;
  }

  /** Keeps an answer, if all that it was made of can be looked up again. */
  keep(question: string, text: string, reads: readonly ReadRecord[]): void {
    const repeatable = reads.flatMap(({ again }) => again ?? []);
    if (repeatable.length > 0 && repeatable.length === reads.length)
      this.answers.set(question, { text, reads: repeatable });
  }
}
