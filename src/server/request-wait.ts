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
    if (this.controller) return this.controller.signal;
    this.controller = new AbortController();
    if (this.response.closed) this.end();
    else this.response.once("close", () => this.end());
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

  private end(): void {
    if (this.isOver) this.controller?.abort(this.response.writableFinished ? ANSWERED : new ClientGoneError());
  }
}
