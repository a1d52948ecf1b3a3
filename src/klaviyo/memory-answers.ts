import { LRUCache } from "lru-cache";
import { atMost } from "../resilience/at-most.js";
import type { Clock } from "../resilience/clock.js";
import type { Answer, AnswerPlace, AnswerShelf, AnswerStore, FoundAnswer } from "./answer-store.js";
import { ByteRing } from "./byte-ring.js";
import { KeptDocument } from "./kept-document.js";

interface Entry {
  /** The one it was asked in, and is found in alone. */
  readonly generation: number;
  readonly document: KeptDocument;
  /** As it came over the wire. */
  readonly sizeBytes: number;
  /** On the clock's scale. */
  readonly askedAtMs: number;
}

/** Shelves that have been forgotten: where callers bring their own credentials, anybody can make up accounts. */
const MOST_GENERATIONS = 10_000;

/** What an entry takes besides its name and its bytes, in all that leads to them. */
const ENTRY_BYTES = 400;

/** Answers in the memory of this process: when they get too many, the one goes that nobody has read for longest. */
export class MemoryAnswers implements AnswerStore {
  private readonly generations = new LRUCache<string, number>({
    ...atMost(MOST_GENERATIONS),
    // Nobody who is not counted any more may come upon what was kept in a generation that is over.
    dispose: (generation, _shelf, reason) => {
      if (reason === "evict") this.firstGeneration = Math.max(this.firstGeneration, generation + 1);
    },
  });
  private firstGeneration = 0;
  private readonly entries: LRUCache<string, Entry>;
  /** What nobody has read yet goes in the order in which it came; what was read is not in here any more. */
  private readonly unread: ByteRing;
  epoch = 0;

  /** @param limitBytes for the answers as they came over the wire, and for what finds them; what is asked for again takes a few times as much in memory */
  constructor(
    private readonly clock: Clock,
    limitBytes: number,
  ) {
    this.unread = new ByteRing(limitBytes);
    this.entries = new LRUCache({
      maxSize: limitBytes,
      // Names are URLs, in characters of one byte, and may be longer than what was answered.
      sizeCalculation: ({ sizeBytes }, name) => ENTRY_BYTES + name.length + sizeBytes,
    });
  }

  find(place: AnswerPlace): FoundAnswer {
    const generation = this.generationOf(place.shelf);
    const entry = this.entries.get(place.name);
    if (entry?.generation !== generation || entry.document.isLost) return { generation, answer: undefined };
    return { generation, answer: { document: entry.document, ageMs: this.clock.now() - entry.askedAtMs } };
  }

  keep(place: AnswerPlace, generation: number, { bytes, ageMs }: Answer): void {
    // It could not be found any more.
    if (generation !== this.generationOf(place.shelf)) return;
    const piece = this.unread.put(bytes);
    if (!piece) return void this.entries.delete(place.name);
    const document = new KeptDocument(piece);
    const askedAtMs = this.clock.now() - ageMs;
    this.entries.set(place.name, { generation, document, sizeBytes: bytes.length, askedAtMs });
  }

  drop(place: AnswerPlace, generation: number): void {
    if (this.entries.peek(place.name)?.generation === generation) this.entries.delete(place.name);
  }

  forget(shelf: AnswerShelf): void {
    this.epoch += 1;
    this.generations.set(shelf.name, this.generationOf(shelf) + 1);
  }

  private generationOf({ name }: AnswerShelf): number {
    return this.generations.get(name) ?? this.firstGeneration;
  }
}
