import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** What each connection waits for: a client may send requests ahead, and is answered in their order. */
export class ExpectedAnswers {
  private readonly answers = new WeakMap<Duplex, ServerResponse[]>();

  /** A request has come in on its connection, perhaps before those ahead of it have been answered. */
  add(response: ServerResponse): void {
    const { socket } = response.req;
    const answers = this.answers.get(socket);
    if (!answers) return void this.answers.set(socket, [response]);
    while (answers[0]?.writableFinished) answers.shift();
    answers.push(response);
  }

  /** The one that is written next, or is being written; undefined where all have been, or nothing was asked. */
  nextOn(socket: Duplex): ServerResponse | undefined {
    return this.answers.get(socket)?.find((answer) => !answer.writableFinished);
  }

  /** The last one that a connection waits for, or has had. */
  lastOn(socket: Duplex): ServerResponse | undefined {
    return this.answers.get(socket)?.at(-1);
  }
}
