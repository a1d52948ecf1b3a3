import { type Backoff, backoffMs } from "../resilience/backoff.js";
import type { Clock } from "../resilience/clock.js";
import { CONNECT_LIMIT_MS, createConnection, type RedisConnection } from "./redis-connection.js";
import { RedisPatience } from "./redis-patience.js";

export interface RedisLinkOptions {
  readonly url: string;
  readonly clock: Clock;
  /** 0 to 1, as Math.random. */
  readonly random: () => number;
  /** The longest that anybody waits for Redis. When it has been silent for three times as long, or late five times in a row, it is given up until it has proved itself again. */
  readonly timeoutMs: number;
  /** Told once for each change. */
  readonly onChange: (state: RedisState, reason?: unknown) => void;
}

export type RedisState = "up" | "degraded";

/** Redis does not answer, or not in time. */
export class RedisUnavailableError extends Error {
  constructor(cause: unknown) {
    super("Redis is not available.", { cause });
    this.name = "RedisUnavailableError";
  }
}

/** Redis has not answered in time, and is believed to be there all the same: one answer that is late says little. */
export class RedisLateError extends RedisUnavailableError {
  constructor(cause: unknown) {
    super(cause);
    this.name = "RedisLateError";
  }
}

/** Between attempts to connect: soon after a blip, and no burden for a server that is starting. */
const RETURN: Backoff = { firstMs: 100, maximumMs: 1_000, factor: 2 };
/** After Redis is back, so long each replica goes on by itself, so that all have noticed and said what they did meanwhile. */
const SETTLING_MS = RETURN.maximumMs;

/**
 * The way to Redis, which may be gone at any time. It is up or it is not: one error, or silence, and nobody waits for it any more,
 * until a new connection has answered, everybody has said what Redis may have missed, and the others have had the time for it too.
 */
export class RedisLink {
  /** Open, and known to answer. There is one before the state is "up". */
  private connection: RedisConnection | undefined;
  private patience: RedisPatience | undefined;
  private currentState: RedisState = "degraded";
  private lastLostMs: number | undefined;
  private readonly returnTasks = new Set<(redis: RedisConnection) => Promise<unknown>>();
  private readonly listeners = new Map<string, (text: string) => void>();
  private attempts = 0;
  private isClosed = false;
  private stopTimer = () => {};

  constructor(private readonly options: RedisLinkOptions) {}

  get state(): RedisState {
    return this.currentState;
  }

  /** When it was lost the last time, on the clock; undefined where it never was. */
  get lostAtMs(): number | undefined {
    return this.lastLostMs;
  }

  /** What has to be said to a Redis that is back before it is believed; it may have forgotten all, or nothing. @returns how to take it back */
  onReturn(task: (redis: RedisConnection) => Promise<unknown>): () => void {
    this.returnTasks.add(task);
    return () => void this.returnTasks.delete(task);
  }

  /** Says something to all who listen at the moment, if there is a connection, and waits for nothing. */
  publish(channel: string, text: string): void {
    this.tell((redis) => whereAllowed(redis.publish(channel, text)));
  }

  /** Hears what is published, whenever there is a connection. To be said before `start`; once for a channel. */
  onMessage(channel: string, listener: (text: string) => void): void {
    this.listeners.set(channel, listener);
  }

  /** Connects, or gives up for now and goes on trying. Never rejects: there is a way without Redis. */
  async start(): Promise<void> {
    try {
      await this.connect();
      this.changeTo("up");
    } catch (error) {
      this.options.onChange("degraded", error);
      this.tryLater();
    }
  }

  /** Asks something of Redis, when it is up. @throws RedisUnavailableError, at once or when the time is over; RedisLateError then */
  async ask<T>(task: (redis: RedisConnection) => Promise<T>): Promise<T> {
    const { connection } = this;
    if (!connection || this.state !== "up") throw new RedisUnavailableError(undefined);
    try {
      return await this.answered(task(connection));
    } catch (error) {
      if (error instanceof RedisLateError) throw error;
      this.lose(connection, error);
      throw new RedisUnavailableError(error);
    }
  }

  /** Tells Redis something, as soon as there is a connection, and waits for nothing. */
  tell(task: (redis: RedisConnection) => Promise<unknown>): void {
    const { connection } = this;
    if (!connection) return;
    this.answered(task(connection)).catch((error: unknown) => {
      if (!(error instanceof RedisLateError)) this.lose(connection, error);
    });
  }

  /** Lets go of Redis, when what was told has arrived, or the time for it is over. */
  async close(): Promise<void> {
    const { connection } = this;
    this.isClosed = true;
    this.stopTimer();
    this.patience?.end();
    this.connection = undefined;
    if (!connection) return;
    await this.inTime(connection.close(), this.options.timeoutMs).catch(() => connection.destroy());
  }

  private answered<T>(work: Promise<T>): Promise<T> {
    const isLate = this.patience?.watch(work);
    return this.inTime(work, this.options.timeoutMs, (error) => {
      isLate?.(error);
      return new RedisLateError(error);
    });
  }

  private async connect(): Promise<void> {
    const { url, timeoutMs } = this.options;
    const connection = await createConnection(url, (error) => this.lose(connection, error));
    try {
      await this.inTime(connection.connect(), CONNECT_LIMIT_MS);
      const listening = [...this.listeners].map(([channel, listener]) =>
        whereAllowed(connection.subscribe(channel, listener)),
      );
      await this.inTime(Promise.all(listening), timeoutMs);
      await Promise.all([...this.returnTasks].map((task) => this.inTime(task(connection), timeoutMs)));
    } catch (error) {
      connection.destroy();
      throw error;
    }
    if (this.isClosed) return void connection.destroy();
    this.connection = connection;
    this.patience = this.patienceWith(connection);
    this.attempts = 0;
  }

  private patienceWith(connection: RedisConnection): RedisPatience {
    const { clock, timeoutMs } = this.options;
    return new RedisPatience({ clock, timeoutMs, onEnd: (reason) => this.lose(connection, reason) });
  }

  private lose(connection: RedisConnection, reason: unknown): void {
    // The same loss may be noticed by several.
    if (connection !== this.connection) return;
    this.connection = undefined;
    this.patience?.end();
    connection.destroy();
    this.changeTo("degraded", reason);
    this.tryLater();
  }

  private tryLater(): void {
    if (this.isClosed) return;
    this.attempts++;
    const pauseMs = backoffMs(RETURN, this.attempts, this.options.random());
    this.stopTimer = this.options.clock.after(pauseMs, () => void this.tryAgain());
  }

  private async tryAgain(): Promise<void> {
    try {
      await this.connect();
    } catch {
      return this.tryLater();
    }
    if (this.isClosed) return;
    this.stopTimer = this.options.clock.after(SETTLING_MS, () => this.changeTo("up"));
  }

  private changeTo(state: RedisState, reason?: unknown): void {
    if (state === "degraded") this.stopTimer();
    if (this.isClosed || state === this.currentState) return;
    this.currentState = state;
    if (state === "degraded") this.lastLostMs = this.options.clock.now();
    this.options.onChange(state, reason);
  }

  private inTime<T>(work: Promise<T>, limitMs: number, late = (error: Error) => error): Promise<T> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const stop = this.options.clock.after(limitMs, () => {
        // What has arrived already is read first: it was not Redis that was slow then, but this process.
        setImmediate(() => isOver || reject(late(new Error(`Redis did not answer within ${limitMs} ms.`))));
      });
      const end = () => {
        isOver = true;
        stop();
      };
      work.then(resolve, reject).finally(end);
    });
  }
}

/** Who may use Redis may not always use its channels: what is shared through keys is shared all the same. */
async function whereAllowed(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("NOPERM"))) throw error;
  }
}
