import type { Clock } from "./clock.js";
import { DeadlineExceededError } from "./deadline.js";
import { onAbort } from "./on-abort.js";
import { UnderWay } from "./under-way.js";

/** One of those who wait for the same thing. */
export interface Sharer {
  /** When it aborts, this sharer's promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** When that is over, this sharer's promise rejects with a {@link DeadlineExceededError}. */
  readonly remainingMs: number;
}

/** All who wait for the same thing. */
export interface Sharers {
  /** What is left now for those who wait now; it grows when somebody with more time joins. */
  readonly remainingMs: number;
}

/** What the work that is shared has to keep to. */
export interface FlightLimits extends Sharers {
  /** Aborts when the last sharer has left, or has no time any more. */
  readonly signal: AbortSignal;
}

/** What is the same for whom. */
export interface FlightKey {
  readonly name: string;
  /** Work that was begun before this changed is nothing for those who come after it. */
  readonly generation: number;
}

/** Equal work is done once at a time, for all who want its result while it runs. Nothing is kept of it afterwards. */
export class SingleFlight<T> {
  private readonly flights = new UnderWay<Flight<T>>();

  constructor(private readonly clock: Clock) {}

  has(key: FlightKey): boolean {
    return this.find(key) !== undefined;
  }

  /** @param work is begun only if there is none of this key */
  join(key: FlightKey, sharer: Sharer, work: (limits: FlightLimits) => Promise<T>): Promise<T> {
    if (sharer.signal?.aborted) return Promise.reject(sharer.signal.reason);
    const flight = this.find(key);
    if (flight && sharer.remainingMs <= 0) return Promise.reject(new DeadlineExceededError(0));
    return (flight ?? this.begin(key, work)).share(sharer);
  }

  private find({ name, generation }: FlightKey): Flight<T> | undefined {
    const flight = this.flights.get(name);
    return flight?.generation === generation ? flight : undefined;
  }

  private begin({ name, generation }: FlightKey, work: (limits: FlightLimits) => Promise<T>): Flight<T> {
    const flight = new Flight(this.clock, generation, work);
    flight.onEnd = this.flights.begin(name, flight);
    return flight;
  }
}

class Flight<T> implements FlightLimits {
  private seats: Seat<T>[] = [];
  private controller: AbortController | undefined;
  private isBegun = false;
  /** Nobody may join any more. */
  onEnd: (() => void) | undefined;

  constructor(
    readonly clock: Clock,
    readonly generation: number,
    private readonly work: (limits: FlightLimits) => Promise<T>,
  ) {}

  get signal(): AbortSignal {
    return (this.controller ??= new AbortController()).signal;
  }

  get remainingMs(): number {
    const nowMs = this.clock.now();
    return this.seats.reduce((longestMs, { untilMs }) => Math.max(longestMs, untilMs - nowMs), 0);
  }

  share(sharer: Sharer): Promise<T> {
    return new Promise((resolve, reject) => {
      const seat = new Seat(this, sharer, resolve, reject);
      this.seats.push(seat);
      // Now that the first sharer's time is known.
      if (!this.isBegun) this.begin();
      seat.watch();
    });
  }

  isSharedBesides(seat: Seat<T>): boolean {
    return this.seats.some((other) => other !== seat);
  }

  leave(seat: Seat<T>): void {
    this.seats = this.seats.filter((other) => other !== seat);
  }

  abort(reason: unknown): void {
    this.onEnd?.();
    (this.controller ??= new AbortController()).abort(reason);
  }

  private begin(): void {
    this.isBegun = true;
    this.worked().then(
      (value) => {
        this.onEnd?.();
        for (const seat of this.seats) seat.resolve(value);
      },
      (error: unknown) => {
        this.onEnd?.();
        for (const seat of this.seats) seat.reject(error);
      },
    );
  }

  /** What work throws at once is its end as well: otherwise nobody would ever begin any of its key again. */
  private worked(): Promise<T> {
    try {
      return this.work(this);
    } catch (error) {
      return Promise.reject(error);
    }
  }
}

/** One sharer's place in a flight. */
class Seat<T> {
  readonly untilMs: number;
  private stopTimer: (() => void) | undefined;
  private stopListening: (() => void) | undefined;

  constructor(
    private readonly flight: Flight<T>,
    private readonly sharer: Sharer,
    private readonly onValue: (value: T) => void,
    private readonly onError: (error: unknown) => void,
  ) {
    this.untilMs = flight.clock.now() + sharer.remainingMs;
  }

  watch(): void {
    const { signal, remainingMs } = this.sharer;
    this.stopTimer = this.flight.clock.after(remainingMs, () => this.runOut());
    this.stopListening = onAbort(signal, () => this.giveUp(signal?.reason));
  }

  resolve(value: T): void {
    this.unwatch();
    this.onValue(value);
  }

  reject(error: unknown): void {
    this.unwatch();
    this.onError(error);
  }

  private giveUp(reason: unknown): void {
    const isLast = !this.flight.isSharedBesides(this);
    this.flight.leave(this);
    this.reject(reason);
    if (isLast) this.flight.abort(reason);
  }

  private runOut(): void {
    const reason = new DeadlineExceededError(this.sharer.remainingMs);
    if (this.flight.isSharedBesides(this)) {
      this.flight.leave(this);
      return this.reject(reason);
    }
    // The last one hears from the work itself how far it had got.
    this.unwatch();
    this.flight.abort(reason);
  }

  private unwatch(): void {
    this.stopTimer?.();
    this.stopListening?.();
  }
}
