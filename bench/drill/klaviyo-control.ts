import { Agent, request } from "undici";

/** A write as the simulator saw it. */
export interface Write {
  readonly method: string;
  readonly path: string;
  readonly atMs: number;
  /** The status that carrying it out gave, whatever was told of it; null when it was not carried out. */
  readonly carriedOut: number | null;
  /** The status that went out; null when the connection ended before. */
  readonly answered: number | null;
}

export interface TrafficCount {
  readonly endpoint: string;
  readonly second: number;
  readonly carriedOut: number | null;
  readonly answered: number | null;
  readonly count: number;
}

export interface Traffic {
  readonly counts: readonly TrafficCount[];
  readonly writes: readonly Write[];
}

export interface Move {
  readonly atMs: number;
  readonly status: string;
}

/** What the simulated Klaviyo knows, and what can be done to it. */
export interface KlaviyoControl {
  addCampaign(seed: object): Promise<void>;
  addFaults(faults: readonly object[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** The requests themselves would fill the memory within minutes; their numbers are kept. */
  forgetRequests(): Promise<void>;
  traffic(): Promise<Traffic>;
  /** Every status that each campaign ever had. */
  statuses(): Promise<ReadonlyMap<string, readonly Move[]>>;
  close(): Promise<void>;
}

/** Steers a simulator by its control endpoint. */
export function klaviyoControl(url: string): KlaviyoControl {
  const dispatcher = new Agent();
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const given = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const answer = await request(`${url}/control/${path}`, { method, dispatcher, ...given });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} /control/${path}: ${answer.statusCode} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    addCampaign: async (seed) => void (await call("POST", "campaigns", seed)),
    addFaults: async (faults) => void (await call("POST", "faults", faults)),
    clearFaults: async () => void (await call("DELETE", "faults")),
    forgetRequests: async () => void (await call("DELETE", "requests")),
    traffic: async () => (await call("GET", "traffic")) as Traffic,
    statuses: async () => {
      const all = (await call("GET", "campaigns")) as readonly { id: string; statuses: readonly Move[] }[];
      return new Map(all.map(({ id, statuses }) => [id, statuses]));
    },
    close: () => dispatcher.close(),
  };
}
