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
  private pending: Promise<void>[] = [];
  private isOver = false;

  constructor(
    readonly context: unknown,
    readonly variables: Readonly<Record<string, unknown>>,
    readonly rootResults: RootResults,
  ) {}

  /** Something is not as it should be: what an answer says then is for graphql-js to find out. */
  leave(): null {
    this.isOver = true;
    return null;
  }

  /** Nobody is going to see what this run makes. */
  get hasLeft(): boolean {
    return this.isOver;
  }

  /** Lets `use` have the value when it is there. No failure is ever left alone: a rejection that nobody hears of ends the process. */
  await(value: PromiseLike<unknown>, use: (value: unknown) => void): void {
    this.pending.push(
      Promise.resolve(value)
        .then(use)
        .catch(() => void this.leave()),
    );
  }

  /** Resolves when all that is awaited is there, also what turns up meanwhile; or when the run has left. */
  async settled(): Promise<void> {
    while (this.pending.length > 0 && !this.isOver) {
      const { pending } = this;
      this.pending = [];
      await Promise.all(pending);
    }
  }
}
