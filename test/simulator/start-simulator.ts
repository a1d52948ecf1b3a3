import { afterEach } from "@jest/globals";
import { createSimulator, type SeedCampaign, type Simulator } from "../../src/simulator/simulator.js";
import type { SimulatorOptions } from "../../src/simulator/simulator.js";

export const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
export const CAMPAIGN_ID = "01JTESTCAMPAIGN0000000000A";

/** A clock that stands still until a test moves it. */
export class HeldClock {
  ms = NOON_MS;
  readonly now = (): number => this.ms;
  advance(ms: number): void {
    this.ms += ms;
  }
}

export interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  /** undefined takes a default header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface Started {
  readonly simulator: Simulator;
  readonly url: string;
  readonly clock: HeldClock;
  readonly call: (path: string, options?: CallOptions) => Promise<Reply>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; tests read into it, so it is loosely typed on purpose. */
  readonly json: JsonValue;
}

export interface JsonValue {
  readonly [key: string]: JsonValue;
  readonly [index: number]: JsonValue;
}

const running: Simulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/** Starts a simulator with one campaign that is being sent; it is closed after the test. */
export async function start(options: SimulatorOptions = {}): Promise<Started> {
  const clock = new HeldClock();
  const simulator = createSimulator({ now: clock.now, campaigns: [aCampaign()], ...options });
  running.push(simulator);
  const url = await simulator.listen();
  return { simulator, url, clock, call: (path, call) => request(url + path, call) };
}

export function aCampaign(parts: Partial<SeedCampaign> = {}): SeedCampaign {
  return { id: CAMPAIGN_ID, status: "Sending", ...parts };
}

export function stopBody(action: string, id = CAMPAIGN_ID): unknown {
  return { data: { type: "campaign-send-job", id, attributes: { action } } };
}

export function sendBody(id = CAMPAIGN_ID): unknown {
  return { data: { type: "campaign-send-job", id } };
}

export function listPath(filter: string, more: Readonly<Record<string, string>> = {}): string {
  return `/api/campaigns?${new URLSearchParams({ filter, ...more })}`;
}

async function request(url: string, { method = "GET", body, headers = {} }: CallOptions = {}): Promise<Reply> {
  const all = {
    authorization: "Klaviyo-API-Key pk_test",
    revision: "2026-07-15",
    ...(body === undefined ? {} : { "content-type": "application/vnd.api+json" }),
    ...headers,
  };
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(url, {
    method,
    headers: sent,
    redirect: "manual",
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return {};
  }
}
