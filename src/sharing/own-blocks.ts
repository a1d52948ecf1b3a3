import type { BlockTerms } from "../resilience/block-terms.js";
import type { Clock } from "../resilience/clock.js";
import type { QuotaNewsInput } from "./record-script.js";

interface Block {
  readonly untilMs: number;
  readonly criticalUntilMs: number;
}

/** The refusals that this replica has been told, as long as they hold: what it can tell a Redis that has forgotten, or was away. */
export class OwnBlocks {
  /** By the quota's place. */
  private readonly blocks = new Map<number, Block>();

  constructor(private readonly clock: Clock) {}

  /** A refusal does not shorten one that was told before. */
  add(quota: number, { blockMs, criticalBlockMs }: BlockTerms): void {
    const nowMs = this.clock.now();
    const known = this.blocks.get(quota) ?? { untilMs: 0, criticalUntilMs: 0 };
    this.blocks.set(quota, {
      untilMs: Math.max(known.untilMs, nowMs + blockMs),
      criticalUntilMs: Math.max(known.criticalUntilMs, nowMs + criticalBlockMs),
    });
  }

  /** What is left of each. */
  all(): readonly QuotaNewsInput[] {
    const nowMs = this.clock.now();
    return [...this.blocks].flatMap(([quota, { untilMs, criticalUntilMs }]) => {
      const block = { blockMs: untilMs - nowMs, criticalBlockMs: Math.max(0, criticalUntilMs - nowMs) };
      return block.blockMs > 0 ? [{ quota, block }] : [];
    });
  }
}
