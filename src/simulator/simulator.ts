import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Account } from "./account/account.js";
import type { SeedAccount } from "./account/seed-account.js";
import { answerApi, type ApiParts } from "./api.js";
import { CampaignStore } from "./campaigns/campaign-store.js";
import type { SeedCampaign } from "./campaigns/seed-campaign.js";
import { answerControl } from "./control/answer-control.js";
import { answerWithFault } from "./faults/answer-with-fault.js";
import type { Fault } from "./faults/fault.js";
import { FaultQueue } from "./faults/fault-queue.js";
import { readBody } from "./http/read-body.js";
import { writeAnswer } from "./http/write-answer.js";
import { NewIds } from "./new-ids.js";
import type { RecordedRequest } from "./recorded-request.js";
import { RequestLog } from "./request-log.js";
import type { ApiKeys } from "./rules/authorization.js";
import { AccessTokens, type OAuthApp } from "./rules/access-tokens.js";
import { RateLimits } from "./rules/rate-limits.js";
import { Timers } from "./timers.js";
import { Traffic } from "./traffic.js";

export type { SeedAccount } from "./account/seed-account.js";
export type { SeedCampaign } from "./campaigns/seed-campaign.js";
export type { Fault, FaultAnswer } from "./faults/fault.js";
export type { RecordedRequest } from "./recorded-request.js";

export interface SimulatorOptions {
  /** Milliseconds since the epoch; every change of state is derived from it when somebody asks. Default `Date.now`. */
  readonly now?: () => number;
  /** What the faults `delay` and `slow-body` wait with. Default: real timers, cleared by `close`. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** 0 to 1; what faults with a share are drawn by. Default `Math.random`. */
  readonly random?: () => number;
  /** Key to scopes. Default: any key that starts with "pk_" has every scope. */
  readonly apiKeys?: ApiKeys;
  readonly limits?: "klaviyo" | "off";
  readonly campaigns?: readonly SeedCampaign[];
  /** Lists, segments, tags, templates, images and metrics. What is left out has small defaults. */
  readonly account?: SeedAccount;
  /** Further accounts, by the key that leads to them. All other keys lead to the one above, which the rest of the simulator is about. */
  readonly otherAccounts?: Readonly<Record<string, SimulatedAccount>>;
  /** An app that may have access tokens for the account. Without one, a bearer token counts like a key. */
  readonly oauthApp?: OAuthApp;
  /** Default: by Klaviyo's two-year rule. */
  readonly oldestLiveRevision?: string;
}

/** What an account has of its own. */
export type SimulatedAccount = Pick<SimulatorOptions, "campaigns" | "account">;

/** A Klaviyo of its own: one account, or several, over real HTTP on one port. */
export interface Simulator {
  /** Default: a free port of 127.0.0.1. Resolves to the base URL, without a slash at its end. */
  listen(port?: number, host?: string): Promise<string>;
  /** Destroys open connections and clears timers. May be called again. */
  close(): Promise<void>;
  /** Every API request in order of arrival, whatever became of it. Control requests are not among them. */
  readonly requests: readonly RecordedRequest[];
  /** What became of the API requests that are over. */
  readonly traffic: Pick<Traffic, "counts" | "writes">;
  /** Called as soon as the body of an API request was read. Returns how to stop listening. */
  onRequest(listener: (request: RecordedRequest) => void): () => void;
  clearRequests(): void;
  /** No access token that was issued until now is accepted any more. */
  revokeTokens(): void;
  addFault(fault: Fault): void;
  clearFaults(): void;
  addCampaign(seed: SeedCampaign): void;
  statusOf(id: string): string | undefined;
}

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const state = createState(options);
  const server = createServer((request, response) => void serve(request, response, state));
  const { store, log, faults, timers, now } = state;
  return {
    listen: (port = 0, host = "127.0.0.1") => listen(server, port, host),
    close: () => {
      timers.clear();
      return close(server);
    },
    get requests() {
      return log.requests;
    },
    traffic: state.traffic,
    onRequest: (listener) => log.subscribe(listener),
    clearRequests: () => log.clear(),
    revokeTokens: () => state.tokens?.revokeAll(),
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    addCampaign: (seed) => store.add(seed, now()),
    statusOf: (id) => store.find(id)?.statusAt(now()),
  };
}

/** All that changes while the simulator runs, and what it needs from outside. */
interface State extends ApiParts {
  readonly others: ReadonlyMap<string, ApiParts>;
  readonly log: RequestLog;
  readonly traffic: Traffic;
  readonly faults: FaultQueue;
  readonly timers: Timers;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

function createState(options: SimulatorOptions): State {
  const now = options.now ?? Date.now;
  const timers = new Timers();
  const ids = new NewIds();
  const others = Object.entries(options.otherAccounts ?? {});
  return {
    ...createParts(options, options, ids, now()),
    others: new Map(others.map(([key, account]) => [key, createParts(options, account, ids, now())])),
    now,
    timers,
    sleep: options.sleep ?? timers.sleep,
    log: new RequestLog(),
    traffic: new Traffic(),
    faults: new FaultQueue(options.random ?? Math.random),
  };
}

function createParts(options: SimulatorOptions, own: SimulatedAccount, ids: NewIds, nowMs: number): ApiParts {
  const account = new Account(own.account ?? {}, ids);
  const store = new CampaignStore(account);
  for (const seed of own.campaigns ?? []) store.add(seed, nowMs);
  return {
    store,
    account,
    ids,
    limits: options.limits === "off" ? undefined : new RateLimits(),
    tokens: options.oauthApp && new AccessTokens(options.oauthApp),
    apiKeys: options.apiKeys,
    oldestLiveRevision: options.oldestLiveRevision,
  };
}

async function serve(incoming: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  // What goes wrong while an answer is written is the business of its client alone.
  response.on("error", () => response.destroy());
  try {
    const request = toRequest(incoming, await readBody(incoming), state.now());
    if (request.path.startsWith("/control/")) return writeAnswer(response, answerControl(request, state));
    state.log.record(request);
    // The time of a delayed answer is that at which it is worked out, not that of the arrival.
    const carryOut = state.traffic.follow(request, response, () =>
      answerApi({ ...request, atMs: state.now() }, partsFor(request, state)),
    );
    const fault = state.faults.take(request);
    if (fault === undefined) return writeAnswer(response, carryOut());
    await answerWithFault(fault, { response, carryOut, sleep: state.sleep });
  } catch {
    // The client hung up, or a fault could not be performed as it was described: there is nobody to tell.
    response.destroy();
  }
}

function partsFor({ headers }: RecordedRequest, state: State): ApiParts {
  const [, key = ""] = headers["authorization"]?.split(" ") ?? [];
  return state.others.get(key) ?? state;
}

function toRequest(incoming: IncomingMessage, body: string, atMs: number): RecordedRequest {
  const url = incoming.url ?? "/";
  const mark = url.indexOf("?");
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value ?? "")] as const);
  return {
    method: incoming.method ?? "GET",
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? "" : url.slice(mark + 1),
    headers: Object.fromEntries(headers),
    body,
    atMs,
  };
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(urlOf(server.address() as AddressInfo));
    });
  });
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // The callback also comes, with an error that does not matter, when the server is not listening.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
