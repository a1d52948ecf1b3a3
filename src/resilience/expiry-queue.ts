/** Points in time, pushed in ascending order, of which those that have passed are forgotten. */
export class ExpiryQueue {
  private times: number[] = [];
  private head = 0;

  push(atMs: number): void {
    this.times.push(atMs);
  }

  countAfter(nowMs: number): number {
    this.forget(nowMs);
    return this.times.length - this.head;
  }

  after(nowMs: number): readonly number[] {
    this.forget(nowMs);
    return this.times.slice(this.head);
  }

  private forget(nowMs: number): void {
    while (this.head < this.times.length && (this.times[this.head] ?? 0) <= nowMs) this.head++;
    // Moves what is left only when at least as much has passed: a constant cost for each time, however many there are.
    if (this.head * 2 < this.times.length) return;
    this.times = this.times.slice(this.head);
    this.head = 0;
  }
}
