import { listenerCount } from "node:events";
import type { ServerResponse } from "node:http";
import type { Deadline } from "../resilience/deadline.js";

/** Why a read was given up: its client is gone. */
export class ClientGoneError extends Error {
  constructor() {
    super("The client closed the connection.");
    this.name = "ClientGoneError";
  }
}

const ANSWERED = new Error("The request has been answered.");

/**
 * Whether somebody waits for what is being read, and for how long. Nobody does when the client has left or its answer is out: a page of several
 * channels fails with the first of them. Others may wait for the same: it is over when it is for them, too.
 */
export class RequestWait {
  private controller: AbortController | undefined;
  private readonly others = new Set<RequestWait>();

  constructor(
    private readonly response: ServerResponse,
    /** The time that its reads have. */
    public deadline: Deadline,
  ) {}

  get remainingMs(): number {
    return this.deadline.remainingMs;
  }

  get isOver(): boolean {
    return this.response.closed && this.others.size === 0;
  }

  /** Aborts when it is over. */
  get signal(): AbortSignal {
    this.controller ??= this.watch();
    if (this.isOver) this.abort(this.controller);
    return this.controller.signal;
  }

  /** What is read goes on until it is over for the other one, too. */
  goOnFor(other: RequestWait): void {
    if (other.response.closed) return;
    this.others.add(other);
    other.response.once("close", () => {
      this.others.delete(other);
      this.end();
    });
  }

  private watch(): AbortController {
    this.response.once("close", () => this.end());
    return new AbortController();
  }

  private end(): void {
    const { controller } = this;
    if (!controller || !this.isOver) return;
    // Once the answer is out hardly anything is left to be given up, and to tell nobody costs as much as all else here.
    const isHeard = !this.response.writableFinished || listenerCount(controller.signal, "abort") > 0;
    if (isHeard) this.abort(controller);
  }

  private abort(controller: AbortController): void {
    controller.abort(this.response.writableFinished ? ANSWERED : new ClientGoneError());
  }
}
