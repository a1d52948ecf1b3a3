import type { Socket } from "node:net";
import type { ExpectedAnswers } from "./expected-answers.js";

/**
 * Hangs up on who asks and does not read: its answers would wait for as long as it likes, and a shutdown with them. Whoever reads, be
 * it slowly, is waited for, and so is whose answer is still being made, which has a time of its own.
 */
export class UnreadAnswers {
  /** @param stillMs for so long nothing may move on a connection */
  constructor(
    private readonly expected: ExpectedAnswers,
    private readonly stillMs: number,
  ) {}

  /** Nothing has moved on a connection for as long as may be, or it has been idle for as long as it is kept. */
  onStill(socket: Socket): void {
    const next = this.expected.nextOn(socket);
    const isAnswered = next === undefined && this.expected.lastOn(socket) !== undefined;
    if (isAnswered || next?.writableEnded) return void socket.destroy();
    // What has not arrived yet has limits of its own as well.
    socket.setTimeout(this.stillMs);
  }
}
