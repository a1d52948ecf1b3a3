import type { Clock } from "../resilience/clock.js";
import type { RecordedCall } from "./record-script.js";

type OwnCall = Omit<RecordedCall, "agoMs"> & { readonly sinceMs: number };

/** This replica's own calls, as long as they count: what it can tell a Redis that has forgotten. */
export class OwnCalls {
  /** Each is put at the end when something happens to it, so that the oldest come first. */
  private readonly calls = new Map<string, OwnCall>();

  /** @param keepMs how long a call counts at most after that */
  constructor(
    private readonly clock: Clock,
    private readonly keepMs: () => number,
  ) {}

  begin(call: Omit<RecordedCall, "agoMs">): RecordedCall {
    this.forget();
    return this.put(call);
  }

  /** @returns what is to be said about it; undefined when it is so old that it does not matter */
  end(id: string, state: "ended" | "void"): RecordedCall | undefined {
    const call = this.calls.get(id);
    this.calls.delete(id);
    return call && this.put({ ...call, state });
  }

  all(): readonly RecordedCall[] {
    this.forget();
    return [...this.calls.values()].map((call) => this.recorded(call));
  }

  private put(call: Omit<RecordedCall, "agoMs">): RecordedCall {
    const own = { ...call, sinceMs: this.clock.now() };
    this.calls.set(call.id, own);
    return this.recorded(own);
  }

  private recorded({ sinceMs, ...call }: OwnCall): RecordedCall {
    return { ...call, agoMs: Math.floor(this.clock.now() - sinceMs) };
  }

  private forget(): void {
    const beforeMs = this.clock.now() - this.keepMs();
    for (const [id, { sinceMs }] of this.calls) {
      if (sinceMs >= beforeMs) return;
      this.calls.delete(id);
    }
  }
}
