import type { GraphQLResolveInfo } from "graphql";
import type { RootResults } from "./root-results.js";

/** Makes what stands in the answer of what a resolver gave. */
export type Complete = (value: unknown, run: Run) => unknown;

/** What a resolver is called with, besides its object: made once for a field, however many objects it is resolved on. */
export interface ResolverCall {
  readonly args: Readonly<Record<string, unknown>>;
  readonly info: GraphQLResolveInfo;
}

/** One run of a compiled operation. */
export class Run {
  /** By the place that the compiler gave the field. */
  readonly calls: (ResolverCall | undefined)[] = [];
  private pendingCount = 0;
  private tell: ((made: unknown) => void) | undefined;
  private made: unknown;
  private onFailure: (() => void) | undefined;
  private isOver = false;

  constructor(
    readonly context: unknown,
    readonly variables: Readonly<Record<string, unknown>>,
    readonly rootResults: RootResults,
  ) {}

  /**
   * Something is not as it should be: what an answer says then is for graphql-js to find out, and at once. It tells errors in the order in
   * which it hears of them, and of what is awaited it would otherwise hear all at once.
   */
  leave(): null {
    this.isOver = true;
    this.tell?.(undefined);
    return null;
  }

  /** Nobody is going to see what this run makes. */
  get hasLeft(): boolean {
    return this.isOver;
  }

  /** Lets `use` have the value when it is there. No failure is ever left alone: a rejection that nobody hears of ends the process. */
  await(value: PromiseLike<unknown>, use: (value: unknown) => void): void {
    this.pendingCount += 1;
    // One for all that this run waits for, however many entities that is.
    this.onFailure ??= this.fail.bind(this);
    Promise.resolve(value).then((settled) => this.take(settled, use), this.onFailure);
  }

  /** @returns what was made, at once or when all that is awaited is there, also what turns up meanwhile; undefined as soon as the run is left */
  outcome<T>(made: T): T | undefined | Promise<T | undefined> {
    if (this.isOver) return undefined;
    if (this.pendingCount === 0) return made;
    this.made = made;
    return new Promise((resolve) => {
      this.tell = resolve as (made: unknown) => void;
    });
  }

  private take(settled: unknown, use: (value: unknown) => void): void {
    try {
      // What is left is for others to go on with.
      if (!this.isOver) use(settled);
    } catch {
      this.leave();
    }
    this.end();
  }

  private fail(): void {
    this.leave();
    this.end();
  }

  private end(): void {
    this.pendingCount -= 1;
    if (this.pendingCount === 0 && !this.isOver) this.tell?.(this.made);
  }
}
