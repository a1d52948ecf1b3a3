import { LRUCache } from "lru-cache";
import type { Clock } from "../resilience/clock.js";
import type { Answer, AnswerPlace, AnswerStore, FoundAnswer } from "./answer-store.js";
import type { Subject } from "./freshness.js";
import { KeptDocument } from "./kept-document.js";

interface Entry {
  readonly document: KeptDocument;
  /** As it came over the wire. */
  readonly sizeBytes: number;
  /** On the clock's scale. */
  readonly askedAtMs: number;
}

/** Accounts and their subjects: where callers bring their own credentials, anybody can make up accounts. */
const MOST_GENERATIONS = 10_000;

/** Answers in the memory of this process: when they get too many, the one goes that nobody has read for longest. */
export class MemoryAnswers implements AnswerStore {
  private readonly generations = new LRUCache<string, number>({
    max: MOST_GENERATIONS,
    // Nobody who is not counted any more may come upon what was kept in a generation that is over.
    dispose: (generation, _subject, reason) => {
      if (reason === "evict") this.firstGeneration = Math.max(this.firstGeneration, generation + 1);
    },
  });
  private firstGeneration = 0;
  private readonly entries: LRUCache<string, Entry>;
  epoch = 0;

  /** @param limitBytes for the answers as they came over the wire; what is asked for again takes a few times as much in memory */
  constructor(
    private readonly clock: Clock,
    limitBytes: number,
  ) {
    this.entries = new LRUCache({ maxSize: limitBytes, sizeCalculation: ({ sizeBytes }) => Math.max(1, sizeBytes) });
  }

  find(place: AnswerPlace): FoundAnswer {
    const generation = this.generationOf(place.account, place.subject);
    const entry = this.entries.get(keyOf(place, generation));
    return { generation, answer: entry && { document: entry.document, ageMs: this.clock.now() - entry.askedAtMs } };
  }

  keep(place: AnswerPlace, generation: number, { bytes, ageMs }: Answer): void {
    // It could not be found any more.
    if (generation !== this.generationOf(place.account, place.subject)) return;
    const document = new KeptDocument(bytes);
    const entry = { document, sizeBytes: bytes.length, askedAtMs: this.clock.now() - ageMs };
    this.entries.set(keyOf(place, generation), entry);
  }

  drop(place: AnswerPlace, generation: number): void {
    this.entries.delete(keyOf(place, generation));
  }

  forget(account: string, subject: Subject): void {
    this.epoch += 1;
    this.generations.set(`${account} ${subject}`, this.generationOf(account, subject) + 1);
  }

  private generationOf(account: string, subject: Subject): number {
    return this.generations.get(`${account} ${subject}`) ?? this.firstGeneration;
  }
}

function keyOf({ account, subject, key }: AnswerPlace, generation: number): string {
  return `${account} ${subject} ${generation} ${key}`;
}
