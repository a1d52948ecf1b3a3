import type { Clock } from "./clock.js";

const SLOTS = 10;

/** Counts what happened in the last `windowMs`, to a tenth of it; costs the same however much happens. */
export class RollingCount {
  private readonly slots = Array.from({ length: SLOTS }, () => 0);
  private newestSlot: number;
  private readonly slotMs: number;

  constructor(
    private readonly clock: Clock,
    windowMs: number,
  ) {
    this.slotMs = windowMs / SLOTS;
    this.newestSlot = this.currentSlot;
  }

  add(): void {
    this.forgetOld();
    const index = this.newestSlot % SLOTS;
    this.slots[index] = (this.slots[index] ?? 0) + 1;
  }

  get total(): number {
    this.forgetOld();
    return this.slots.reduce((sum, count) => sum + count, 0);
  }

  clear(): void {
    this.slots.fill(0);
  }

  private get currentSlot(): number {
    return Math.floor(this.clock.now() / this.slotMs);
  }

  private forgetOld(): void {
    const { currentSlot } = this;
    const first = Math.max(this.newestSlot + 1, currentSlot - SLOTS + 1);
    for (let slot = first; slot <= currentSlot; slot++) this.slots[slot % SLOTS] = 0;
    this.newestSlot = currentSlot;
  }
}
