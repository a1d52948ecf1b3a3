import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * Hangs up on who asks and does not read: its answers would wait for as long as it likes, and a shutdown with them. Whoever reads, be
 * it slowly, is waited for, and so is whose answer is still being made, which has a time of its own.
 */
export class UnreadAnswers {
  /** By connection, in the order in which they are written. */
  private readonly answers = new WeakMap<Socket, ServerResponse[]>();

  /** @param stillMs for so long nothing may move on a connection */
  constructor(private readonly stillMs: number) {}

  /** A request has come in on its connection, perhaps before those ahead of it have been answered. */
  expect(response: ServerResponse): void {
    const { socket } = response.req;
    const answers = this.answers.get(socket);
    if (!answers) return void this.answers.set(socket, [response]);
    while (answers[0]?.writableFinished) answers.shift();
    answers.push(response);
  }

  /** Nothing has moved on a connection for as long as may be, or it has been idle for as long as it is kept. */
  onStill(socket: Socket): void {
    const next = this.answers.get(socket)?.find((answer) => !answer.writableFinished);
    const isAnswered = next === undefined && this.answers.has(socket);
    if (isAnswered || next?.writableEnded) return void socket.destroy();
    // What has not arrived yet has limits of its own as well.
    socket.setTimeout(this.stillMs);
  }
}
