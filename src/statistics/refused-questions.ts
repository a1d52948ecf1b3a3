import { LRUCache } from "lru-cache";
import type { InvalidInputError } from "../input/invalid-input-error.js";
import type { Clock } from "../resilience/clock.js";
import { questionKey, type StatisticsQuestion } from "./statistics-question.js";

interface Refusal {
  readonly error: InvalidInputError;
  readonly atMs: number;
}

const MOST_QUESTIONS = 1_000;

/** Questions that Klaviyo refused. It would refuse them again, and that costs one of the reports of the day too. */
export class RefusedQuestions {
  private readonly refusals = new LRUCache<string, Refusal>({ max: MOST_QUESTIONS });

  constructor(
    private readonly clock: Clock,
    private readonly maxAgeMs: number,
  ) {}

  /** Why the question was refused, unless that is too long ago. */
  find(question: StatisticsQuestion): InvalidInputError | undefined {
    const refusal = this.refusals.get(questionKey(question));
    return refusal && this.clock.now() - refusal.atMs <= this.maxAgeMs ? refusal.error : undefined;
  }

  keep(question: StatisticsQuestion, error: InvalidInputError): void {
    this.refusals.set(questionKey(question), { error, atMs: this.clock.now() });
  }
}
