import type { Clock } from "./clock.js";
import { Deadline, DeadlineExceededError } from "./deadline.js";
import { UnderWay } from "./under-way.js";

/** One of those who wait for the same thing. */
export interface Sharer {
  /** When it aborts, this sharer's promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** When that is over, this sharer's promise rejects with a {@link DeadlineExceededError}. */
  readonly remainingMs: number;
}

/** What the work that is shared has to keep to. */
export interface FlightLimits {
  /** Aborts when the last sharer has left. */
  readonly signal: AbortSignal;
  /** What is left for those who wait now; it grows when somebody with more time joins. */
  readonly remainingMs: () => number;
}

/** Work of equal key is done once at a time, for all who want its result while it runs. Nothing is kept of it afterwards. */
export class SingleFlight<T> {
  private readonly flights = new UnderWay<Flight<T>>();

  constructor(private readonly clock: Clock) {}

  has(key: string): boolean {
    return this.flights.get(key) !== undefined;
  }

  /** @param work is begun only if there is none of this key */
  join(key: string, sharer: Sharer, work: (limits: FlightLimits) => Promise<T>): Promise<T> {
    if (sharer.signal?.aborted) return Promise.reject(sharer.signal.reason);
    const flight = this.flights.get(key);
    if (flight && sharer.remainingMs <= 0) return Promise.reject(new DeadlineExceededError(0));
    return (flight ?? this.begin(key, work)).share(sharer);
  }

  private begin(key: string, work: (limits: FlightLimits) => Promise<T>): Flight<T> {
    const flight = new Flight(this.clock, work, () => end());
    const end = this.flights.begin(key, flight);
    return flight;
  }
}

class Flight<T> {
  private readonly controller = new AbortController();
  private readonly deadlines = new Set<Deadline>();
  private result: Promise<T> | undefined;

  /** @param onEnd nobody may join any more */
  constructor(
    private readonly clock: Clock,
    private readonly work: (limits: FlightLimits) => Promise<T>,
    private readonly onEnd: () => void,
  ) {}

  share({ signal, remainingMs }: Sharer): Promise<T> {
    const deadline = new Deadline(this.clock, remainingMs);
    this.deadlines.add(deadline);
    // Now that the first sharer's time is known.
    const result = (this.result ??= this.begin());
    return new Promise((resolve, reject) => {
      const end = () => {
        stopTimer();
        signal?.removeEventListener("abort", leave);
        this.deadlines.delete(deadline);
      };
      const leave = () => {
        end();
        reject(signal?.reason);
        this.abortIfEmpty(signal?.reason);
      };
      const runOut = () => {
        const reason = new DeadlineExceededError(remainingMs);
        end();
        // The last one hears from the work itself how far it had got.
        if (this.deadlines.size > 0) reject(reason);
        this.abortIfEmpty(reason);
      };
      const stopTimer = this.clock.after(remainingMs, runOut);
      signal?.addEventListener("abort", leave, { once: true });
      result.then(
        (value) => {
          end();
          resolve(value);
        },
        (error: unknown) => {
          end();
          reject(error);
        },
      );
    });
  }

  private begin(): Promise<T> {
    const { work, controller, onEnd } = this;
    const result = work({ signal: controller.signal, remainingMs: () => this.remainingMs });
    result.then(onEnd, onEnd);
    return result;
  }

  private get remainingMs(): number {
    return Math.max(0, ...[...this.deadlines].map((deadline) => deadline.remainingMs));
  }

  private abortIfEmpty(reason: unknown): void {
    if (this.deadlines.size > 0) return;
    this.onEnd();
    this.controller.abort(reason);
  }
}
