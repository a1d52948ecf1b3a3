import { type Backoff, restMs } from "./backoff.js";
import type { CircuitNews } from "./circuit-board.js";
import type { Clock } from "./clock.js";
import { RollingCount } from "./rolling-count.js";

export type CircuitState = "closed" | "open" | "half-open";

export interface CircuitSettings {
  readonly windowMs: number;
  /** Fewer calls than this in a window say nothing. */
  readonly minimumCalls: number;
  /** 0 to 1: the circuit opens when at least this share of the window's calls failed. */
  readonly failureShare: number;
  /** How long it stays open; longer each time that a probe finds things as they were. */
  readonly open: Backoff;
  readonly successesToClose: number;
}

export interface CircuitParts {
  readonly clock: Clock;
  /** 0 to 1, as Math.random. */
  readonly random: () => number;
  /** @param isHeard whether somebody else found it out */
  readonly onChange: (state: CircuitState, isHeard: boolean) => void;
  /** Told what was found out here. */
  readonly tell: (news: CircuitNews) => void;
}

/** `unknown` says nothing about the other side: the call was given up, or never left. */
export type CallOutcome = "success" | "failure" | "unknown";

/** Leave to make one call. It has to be told, once, how the call ended. */
export type Passage = (outcome: CallOutcome) => void;

/** The call is not to be made. */
export class CircuitOpenError extends Error {
  constructor(readonly retryAfterMs: number) {
    super(`The circuit is open for another ${retryAfterMs} ms.`);
    this.name = "CircuitOpenError";
  }
}

/** While a probe is out, nobody knows how long it takes. */
const PROBING_MS = 1_000;
/** What others tell holds for so much longer, as a share, at most. */
const HEARSAY_SHARE = 0.25;

/**
 * Closed: calls pass. Open: they are refused, so that callers need not wait for what is going to fail, and the other side can
 * recover. Half-open: one at a time passes, and finds out. A critical call always passes, and what it finds out counts as well.
 */
export class CircuitBreaker {
  private state: CircuitState = "closed";
  private readonly calls: RollingCount;
  private readonly failures: RollingCount;
  /** Counts changes of state: a call that began before one says nothing about what is now. */
  private era = 0;
  private openUntilMs = 0;
  private timesOpened = 0;
  private successes = 0;
  private isProbing = false;
  /** One for all calls that are no probes, until the state changes. */
  private passage = this.passageOf(false);

  constructor(
    private readonly settings: CircuitSettings,
    private readonly parts: CircuitParts,
  ) {
    this.calls = new RollingCount(parts.clock, settings.windowMs);
    this.failures = new RollingCount(parts.clock, settings.windowMs);
  }

  /** @throws CircuitOpenError */
  pass(isCritical: boolean): Passage {
    if (this.state === "closed") return this.passage;
    const waitMs = this.openUntilMs - this.parts.clock.now();
    if (this.state === "open" && waitMs <= 0) this.turn("half-open");
    if (isCritical) return this.passage;
    if (this.state === "open") throw new CircuitOpenError(Math.ceil(waitMs));
    if (this.isProbing) throw new CircuitOpenError(PROBING_MS);
    this.isProbing = true;
    return this.passageOf(true);
  }

  /** Somebody else has found out how the other side is. */
  hear(news: CircuitNews): void {
    if (news.state === "closed") return this.state === "closed" ? undefined : this.shut(true);
    if (this.state === "open") return;
    const { clock, random } = this.parts;
    const forMs = Math.min(Math.max(0, news.forMs), this.settings.open.maximumMs);
    // A little longer, so that who told it probes first.
    this.openUntilMs = clock.now() + forMs * (1 + HEARSAY_SHARE * random());
    this.turn("open", true);
  }

  private passageOf(isProbe: boolean): Passage {
    const { era } = this;
    return (outcome) => {
      if (era !== this.era) return;
      if (isProbe) this.isProbing = false;
      if (outcome !== "unknown") this.record(outcome === "failure");
    };
  }

  private record(isFailure: boolean): void {
    if (this.state !== "closed") return this.learn(isFailure);
    this.calls.add();
    if (!isFailure) return;
    this.failures.add();
    const calls = this.calls.total;
    if (calls < this.settings.minimumCalls) return;
    if (this.failures.total >= calls * this.settings.failureShare) this.open();
  }

  /** What a call found out that was made although there was doubt. */
  private learn(isFailure: boolean): void {
    this.successes = isFailure ? 0 : this.successes + 1;
    if (this.successes >= this.settings.successesToClose) this.close();
    else if (isFailure && this.state === "half-open") this.open();
  }

  private open(): void {
    const { clock, random } = this.parts;
    const forMs = restMs(this.settings.open, ++this.timesOpened, random());
    this.openUntilMs = clock.now() + forMs;
    this.turn("open");
    this.parts.tell({ state: "open", forMs });
  }

  private close(): void {
    this.shut(false);
    this.parts.tell({ state: "closed" });
  }

  private shut(isHeard: boolean): void {
    this.timesOpened = 0;
    this.calls.clear();
    this.failures.clear();
    this.turn("closed", isHeard);
  }

  private turn(state: CircuitState, isHeard = false): void {
    this.state = state;
    this.era++;
    this.isProbing = false;
    this.passage = this.passageOf(false);
    // What critical calls found out while it was open is of use when it is half-open.
    if (state === "open") this.successes = 0;
    this.parts.onChange(state, isHeard);
  }
}
