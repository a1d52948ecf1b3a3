import { setTimeout as delay } from "node:timers/promises";

/** Time as something that is passed in, so that a test can hold it. Milliseconds throughout. */
export interface Clock {
  /** Milliseconds on a scale that only moves forward; its zero means nothing. */
  now(): number;
  /** Milliseconds since 1970, for dates that came from outside. May jump: never measure with it. */
  wallMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `run` after `ms`, unless the function it returns was called before. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  // Monotonic: a corrected wall clock must neither cut a deadline short nor stretch it.
  now: () => performance.now(),
  wallMs: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      // Node wraps the reason in an AbortError of its own; callers compare reasons.
      throw signal?.aborted ? signal.reason : error;
    }
  },
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
