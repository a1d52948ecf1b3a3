import type { Fault, FaultAnswer, RecordedRequest, SeedCampaign } from "../../src/simulator/simulator.js";
import { startGateway, type TestGateway, type TestGatewayOptions } from "../support/gateway.js";

export { ID } from "../support/cancel.js";
import { ID } from "../support/cancel.js";

/** The message that most tests write. */
export const MESSAGE_ID = "01HWWWKAW4RHXQJCMW4R2KRYR4";
export const ERROR_ID = "8c8f4aea-7289-4a13-b697-5dd5dde38f1e";

export const PROBLEM = "outcome problem { code message retryAfterMs klaviyoErrorId fields { path message } }";

/** A gateway over one campaign: {@link ID}, a draft unless `campaign` says otherwise. */
export async function startWithDraft(
  faults: readonly Fault[] = [],
  campaign: Partial<SeedCampaign> = {},
  options: TestGatewayOptions = {},
): Promise<TestGateway> {
  const campaigns = [{ id: ID, name: "Sale", status: "Draft", ...campaign }];
  const gateway = await startGateway({ ...options, simulator: { campaigns, ...options.simulator } });
  for (const fault of faults) gateway.simulator.addFault(fault);
  return gateway;
}

/** Runs a mutation and gives its payload; whatever happens to a write is HTTP 200 with data and no errors. */
// oxlint-disable-next-line typescript/no-explicit-any -- an answer, to be looked at
export async function payloadOf(gateway: TestGateway, mutation: string, variables: object = {}): Promise<any> {
  const { status, body } = await gateway.query(mutation, variables);
  const [payload] = Object.values<object | null>(body.data ?? {});
  if (status !== 200 || body.errors || !payload)
    throw new Error(`Not a payload: HTTP ${status} ${JSON.stringify(body)}`);
  return payload;
}

/** A fault of everything that is not a read. */
export function onWrite(answer: FaultAnswer, rest: Omit<Fault, "answer" | "match"> = {}): readonly Fault[] {
  return ["POST", "PATCH", "DELETE"].map((method) => ({ match: { method }, answer, ...rest }));
}

export function onRead(answer: FaultAnswer, rest: Omit<Fault, "answer" | "match"> = {}): Fault {
  return { match: { method: "GET" }, answer, ...rest };
}

/** Klaviyo's answer with a document; null for one without a body. */
export function answerWith(status: number, document: object | null): FaultAnswer {
  return document === null
    ? { kind: "status", status, body: "" }
    : { kind: "status", status, body: JSON.stringify(document) };
}

/** A JSON:API error as Klaviyo writes it. */
export function refusal(status: number, ...errors: readonly object[]): FaultAnswer {
  const all = errors.length > 0 ? errors : [{}];
  const body = {
    errors: all.map((error) => ({
      id: ERROR_ID,
      status,
      code: "invalid",
      title: "Invalid input.",
      detail: "No.",
      ...error,
    })),
  };
  return { kind: "status", status, body: JSON.stringify(body), contentType: "application/vnd.api+json" };
}

/** What went out that is not a read. */
export function writes(gateway: TestGateway): RecordedRequest[] {
  return gateway.simulator.requests.filter(({ method }) => method !== "GET");
}

/** One request as it crossed the wire, decoded. */
export function onTheWire(request: RecordedRequest | undefined): object {
  const { method, path, query, body, headers } = request ?? ({} as Partial<RecordedRequest>);
  return {
    line: `${method} ${path}`,
    query: decodeURIComponent((query ?? "").replaceAll("+", " ")),
    contentType: headers?.["content-type"],
    body: body ? JSON.parse(body) : undefined,
  };
}

export function queriesOfReads(gateway: TestGateway): string[] {
  const reads = gateway.simulator.requests.filter(({ method }) => method === "GET");
  return reads.map(({ path, query }) => `${path}?${decodeURIComponent(query.replaceAll("+", " "))}`);
}

/** How an attempt can end without anybody knowing whether it was carried out. */
export const UNCERTAIN: readonly (readonly [string, FaultAnswer])[] = [
  ["HTTP 500", { kind: "status", status: 500 }],
  ["HTTP 502 in HTML", { kind: "html", status: 502 }],
  ["HTTP 503", { kind: "status", status: 503 }],
  ["HTTP 504", { kind: "status", status: 504 }],
  ["HTTP 524", { kind: "html", status: 524 }],
  ["HTTP 408", { kind: "status", status: 408 }],
  ["HTML that says 200", { kind: "html", status: 200 }],
  ["a reset", { kind: "reset" }],
  ["silence", { kind: "black-hole" }],
];

/** Lets the time of an attempt pass on the held clock whenever a write has reached Klaviyo. */
export function passTimeOnWrites(gateway: TestGateway): void {
  gateway.simulator.onRequest(({ method }) => {
    if (method !== "GET") setImmediate(() => gateway.clock.advance(4_000));
  });
}

/** What a mutation that is asked with wrong input is answered with, before anything goes out. */
// oxlint-disable-next-line typescript/no-explicit-any -- an answer, to be looked at
export async function inputErrorOf(gateway: TestGateway, mutation: string, variables: object): Promise<any> {
  const { body } = await gateway.query(mutation, variables);
  if (gateway.simulator.requests.length > 0) throw new Error("Something went out.");
  return body.errors?.[0]?.extensions;
}
