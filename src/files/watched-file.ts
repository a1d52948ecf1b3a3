import { readFile } from "node:fs/promises";
import type { Clock } from "../resilience/clock.js";

export interface WatchedFileOptions<T> {
  readonly path: string;
  /** @throws Error for a text that cannot be used */
  readonly parse: (text: string) => T;
  readonly clock: Clock;
  readonly onReload: () => void;
  /** What was read before stays in use. */
  readonly onFailure: (error: unknown) => void;
}

/** How often it is looked whether the file has changed. Looking works where watching does not: on volumes that are swapped as a whole. */
const LOOK_EVERY_MS = 5_000;

/** What a file says, as long as it says something that can be used. It is read again when it has changed. */
export class WatchedFile<T> {
  private text: string | undefined;
  private parsed: T | undefined;
  private cancelNext = () => {};
  private isClosed = false;
  private lastRead: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: WatchedFileOptions<T>) {}

  /** Reads the file for the first time, and looks after it from then on. @throws Error */
  async start(): Promise<void> {
    await this.readInTurn();
    this.lookLater();
  }

  get value(): T {
    if (this.parsed === undefined) throw new Error(`${this.options.path} has not been read yet.`);
    return this.parsed;
  }

  /** Looks now, as SIGHUP asks for. Does not throw. */
  async reload(): Promise<void> {
    try {
      if (await this.readInTurn()) this.options.onReload();
    } catch (error) {
      this.options.onFailure(error);
    }
  }

  close(): void {
    this.isClosed = true;
    this.cancelNext();
  }

  /** One after the other: of two at once, the one that began first may end last, with what was there before. */
  private readInTurn(): Promise<boolean> {
    const read = this.lastRead.then(() => this.read());
    this.lastRead = read.catch(() => undefined);
    return read;
  }

  private async read(): Promise<boolean> {
    const text = await readFile(this.options.path, "utf8");
    if (text === this.text) return false;
    // Also if it cannot be used: that is worth one complaint, not one every few seconds.
    this.text = text;
    this.parsed = this.options.parse(text);
    return true;
  }

  private lookLater(): void {
    if (this.isClosed) return;
    this.cancelNext = this.options.clock.after(LOOK_EVERY_MS, () => void this.reload().then(() => this.lookLater()));
  }
}
