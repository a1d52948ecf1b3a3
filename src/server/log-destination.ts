import { write, writeSync } from "node:fs";
import type { DestinationStream } from "pino";
import type { Clock } from "../resilience/clock.js";

export interface LogDestinationOptions {
  /** Where lines are written to. */
  readonly fileDescriptor: number;
  readonly clock: Clock;
  /** Lines could not be written. They wait, and are tried again. */
  readonly onFailure: () => void;
  /** A line had no room to wait, and will never be written. */
  readonly onLost: () => void;
}

/** Lines that wait to be written, in characters. A disk or a reader that is slow for a moment costs none of them. */
const MOST_WAITING = 4_194_304;

/** Beyond that, for lines that are not one of thousands: what became of a cancel is said nowhere else where there is no audit log. */
const KEPT_FREE = 4_194_304;

/** At once: what a pipe holds. A busy event loop comes round to the next piece some ten times a second, and what is logged meanwhile has to fit into it. */
const MOST_WRITTEN_BYTES = 65_536;

/** Until what could not be written is tried again. */
const AGAIN_MS = 100;

const LINE_END = "\n".charCodeAt(0);
const NOTHING = Buffer.alloc(0);
const STANDARD_OUTPUT = 1;

/** Standard output, until the process exits. */
export function standardOutput(options: Omit<LogDestinationOptions, "fileDescriptor">): LogDestination {
  const destination = new LogDestination({ ...options, fileDescriptor: STANDARD_OUTPUT });
  process.once("exit", () => destination.writeNow());
  return destination;
}

/**
 * Writes the log without anybody waiting for it. That it cannot be written, because a disk is full or nobody reads, is no reason to
 * serve nobody or not to end: lines wait for a while, within bounds. pino's own destination takes such an error for the end of the
 * process, tries for ever to write when the process exits, and once it is full takes no line again.
 */
export class LogDestination implements DestinationStream {
  /** For the lines that each request has. They leave room for all others. */
  readonly ofRequests: DestinationStream = { write: (line) => this.take(line, MOST_WAITING) };
  /** Lines that are not among the bytes yet. */
  private waiting = "";
  /** What is being written, and what is to be written next. */
  private bytes: Buffer = NOTHING;
  /** How many of the bytes the system has been handed without having said what became of them. */
  private handedBytes = 0;
  /** Until nothing is left to write. */
  private isBusy = false;

  constructor(private readonly options: LogDestinationOptions) {}

  write(line: string): void {
    this.take(line, MOST_WAITING + KEPT_FREE);
  }

  /** For a process that exits: it waits for nothing, so what cannot be written now never is. */
  writeNow(): void {
    this.written(this.handedBytes);
    this.takeWaiting();
    try {
      while (this.bytes.length > 0) this.written(writeSync(this.options.fileDescriptor, this.bytes));
    } catch {
      // There is nobody left to be told.
    }
  }

  private take(line: string, room: number): void {
    if (this.bytes.length + this.waiting.length + line.length > room) return this.options.onLost();
    this.waiting += line;
    if (!this.isBusy) this.writeOn();
  }

  private writeOn(): void {
    if (this.bytes.length === 0) this.takeWaiting();
    this.isBusy = this.bytes.length > 0;
    if (!this.isBusy) return;
    this.handedBytes = pieceOf(this.bytes);
    const { fileDescriptor } = this.options;
    write(fileDescriptor, this.bytes, 0, this.handedBytes, null, (error, count) => this.ended(error, count));
  }

  private ended(error: NodeJS.ErrnoException | null, count: number): void {
    this.handedBytes = 0;
    if (!error) {
      this.written(count);
      return this.writeOn();
    }
    const { clock, onFailure } = this.options;
    // Whoever reads is slow, that is all.
    if (error.code !== "EAGAIN") onFailure();
    clock.after(AGAIN_MS, () => this.writeOn());
  }

  private written(count: number): void {
    this.bytes = this.bytes.subarray(count);
  }

  private takeWaiting(): void {
    const lines = Buffer.from(this.waiting);
    this.waiting = "";
    this.bytes = this.bytes.length === 0 ? lines : Buffer.concat([this.bytes, lines]);
  }
}

/** How much is written at once. It ends with a line: others may write to the same place in between, such as the audit log. */
function pieceOf(bytes: Buffer): number {
  if (bytes.length <= MOST_WRITTEN_BYTES) return bytes.length;
  const wholeLines = bytes.lastIndexOf(LINE_END, MOST_WRITTEN_BYTES - 1) + 1;
  return wholeLines > 0 ? wholeLines : MOST_WRITTEN_BYTES;
}
