import type { ServerResponse } from "node:http";
import type { Answer } from "./http/answer.js";
import type { RecordedRequest } from "./recorded-request.js";

/** What became of one request that writes: whoever drills a client compares what it claims with this. */
export interface WriteExchange {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly atMs: number;
  /** The status that carrying it out gave, whatever was told of it; null when it was not carried out. */
  readonly carriedOut: number | null;
  /** The status that went out; null when the connection ended before. */
  readonly answered: number | null;
}

/** How many requests of one endpoint and second ended alike. */
export interface TrafficCount {
  /** Method and path; the path's second half, where the ids are, is `{id}`. */
  readonly endpoint: string;
  /** Seconds since the epoch, of the arrival. */
  readonly second: number;
  readonly carriedOut: number | null;
  readonly answered: number | null;
  readonly count: number;
}

/** What the simulator did, in numbers: unlike the requests themselves, they can be kept through hours of load. */
export class Traffic {
  readonly #counts = new Map<string, { -readonly [Name in keyof TrafficCount]: TrafficCount[Name] }>();
  #writes: WriteExchange[] = [];

  get counts(): readonly TrafficCount[] {
    return [...this.#counts.values()];
  }

  get writes(): readonly WriteExchange[] {
    return this.#writes;
  }

  clear(): void {
    this.#counts.clear();
    this.#writes = [];
  }

  /**
   * Follows a request until its connection is done with it.
   * @returns `carryOut`, watched
   */
  follow(request: RecordedRequest, response: ServerResponse, carryOut: () => Answer): () => Answer {
    let carriedOut: number | null = null;
    response.once("close", () => this.#add(request, carriedOut, response.headersSent ? response.statusCode : null));
    return () => {
      const answer = carryOut();
      carriedOut = answer.status;
      return answer;
    };
  }

  #add(request: RecordedRequest, carriedOut: number | null, answered: number | null): void {
    const { method, path, body, atMs } = request;
    if (method !== "GET") this.#writes.push({ method, path, body, atMs, carriedOut, answered });
    const endpoint = `${method} ${path.replace(/^(\/api\/[^/]+\/)[^/]+/, "$1{id}")}`;
    const second = Math.floor(atMs / 1000);
    const key = `${endpoint} ${second} ${carriedOut} ${answered}`;
    const known = this.#counts.get(key);
    if (known) known.count += 1;
    else this.#counts.set(key, { endpoint, second, carriedOut, answered, count: 1 });
  }
}
