import type { Clock } from "../resilience/clock.js";
import { CHAIN_START, chainLine, type ChainEnd } from "./audit-chain.js";

/** Where audit lines go. */
export interface AuditSink {
  /** Where the chain stands that is there already; undefined if there is none. */
  readonly open: () => Promise<ChainEnd | undefined>;
  /** Resolves when the text is written as a whole. */
  readonly write: (text: string) => Promise<void>;
}

export interface AuditLogOptions {
  readonly sink: AuditSink;
  readonly clock: Clock;
  /** Told when writing begins to fail, and of records that had to be given up. */
  readonly onTrouble: (trouble: { readonly error?: unknown; readonly waiting: number; readonly lost: number }) => void;
  /** Told when everything that waited is written. */
  readonly onRecovery: () => void;
}

export interface AuditState {
  readonly waiting: number;
  readonly lost: number;
  readonly isFailing: boolean;
}

/** So many records are kept while they cannot be written. */
const MOST_WAITING = 10_000;
const RETRY_AFTER_MS = 1_000;
/** At a time: what is written is written as a whole, and a collector has its limits. */
const MOST_AT_ONCE = 500;

interface Waiting {
  readonly sequence: number;
  readonly record: object;
}

/**
 * One line for each write, each with the hash of the line before. It never holds up its callers: what cannot be written waits, and
 * what there is no room for leaves a gap in the sequence, which verification names.
 */
export class AuditLog {
  private readonly waiting: Waiting[] = [];
  private end: ChainEnd | undefined;
  private sequence = 0;
  private lost = 0;
  private isFailing = false;
  private writing: Promise<void> | undefined;
  private isClosed = false;
  private cancelRetry = () => {};

  constructor(private readonly options: AuditLogOptions) {}

  /** How many records wait and were lost, and whether that is because they cannot be written. */
  get state(): AuditState {
    return { waiting: this.waiting.length, lost: this.lost, isFailing: this.isFailing };
  }

  /** Finds the end of the chain. @throws Error when there is nothing that can be written to */
  async start(): Promise<void> {
    this.end = (await this.options.sink.open()) ?? CHAIN_START;
    this.sequence = this.end.sequence;
  }

  append(record: object): void {
    this.sequence += 1;
    if (this.waiting.length < MOST_WAITING)
      this.waiting.push({ sequence: this.sequence, record: { at: new Date(this.options.clock.wallMs()), ...record } });
    else this.giveUp();
    if (!this.isFailing || this.isClosed) void this.flush();
  }

  /** Tries once more, at the end. What cannot be written then either is lost, and so is what comes later and cannot be written at once. */
  async close(): Promise<void> {
    await this.writing;
    this.cancelRetry();
    this.isClosed = true;
    await this.flush();
    // What came meanwhile is being written.
    while (this.writing) await this.writing;
  }

  private giveUp(count = 1): void {
    this.lost += count;
    this.options.onTrouble({ waiting: this.waiting.length, lost: this.lost });
  }

  private flush(): Promise<void> {
    this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
      // What came after it had looked for more, and before it was over.
      if (this.waiting.length > 0 && !this.isFailing) void this.flush();
    });
    return this.writing;
  }

  private async writeAll(): Promise<void> {
    try {
      while (this.waiting.length > 0) await this.writeBatch(this.waiting.slice(0, MOST_AT_ONCE));
      if (this.isFailing) this.options.onRecovery();
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.options.onTrouble({ error, waiting: this.waiting.length, lost: this.lost });
      this.isFailing = true;
      if (this.isClosed) return this.giveUp(this.waiting.splice(0).length);
      this.cancelRetry = this.options.clock.after(RETRY_AFTER_MS, () => void this.flush());
    }
  }

  private async writeBatch(batch: readonly Waiting[]): Promise<void> {
    let end = this.end ?? CHAIN_START;
    let text = "";
    for (const { record, sequence } of batch) {
      const next = chainLine(record, sequence, end.hash);
      text += next.line;
      end = next;
    }
    await this.options.sink.write(text);
    this.end = end;
    this.waiting.splice(0, batch.length);
  }
}
