import { GraphQLError } from "graphql";
import { describe, expect, test } from "@jest/globals";
import type { SimulatorOptions } from "../../src/simulator/simulator.js";
import { ERROR_CODES, isErrorCode } from "../../src/server/error-codes.js";
import { createFormatError } from "../../src/server/format-error.js";
import { ID, passTimeOn } from "../support/cancel.js";
import { START_MS } from "../support/held-clock.js";
import { API_KEY, type GraphqlAnswer, startGateway, type TestGateway } from "../support/gateway.js";

const QUERY = `{ campaign(id: "${ID}") { id status } }`;
const SIMULATOR: SimulatorOptions = { campaigns: [{ id: ID, status: "Sending" }] };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An error body as Klaviyo sends it, with words in it that must stay inside. */
function klaviyoError(status: number, code: string): string {
  const error = { id: "klaviyo-error-id", status, code, title: "Leaky title", detail: `Leaky detail, key ${API_KEY}` };
  return JSON.stringify({ errors: [{ ...error, source: { pointer: "/leaky" }, links: {}, meta: {} }] });
}

function status(code: number, klaviyoCode: string, headers: Record<string, string> = {}) {
  return { kind: "status", status: code, body: klaviyoError(code, klaviyoCode), headers } as const;
}

/** A failed read is null with one error that says where and why; HTTP has nothing to do with it. */
function expectFailedRead({ status: httpStatus, body }: GraphqlAnswer, extensions: object): void {
  expect(httpStatus).toBe(200);
  expect(body.data).toEqual({ campaign: null });
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0]).toEqual({
    message: expect.any(String),
    locations: [{ line: 1, column: 3 }],
    path: ["campaign"],
    extensions,
  });
  expectDocumented(body.errors[0].extensions);
}

/** Every code, and every extension beside it, is in the table. */
function expectDocumented({ code, ...extensions }: Record<string, unknown>): void {
  if (!isErrorCode(code)) throw new Error(`${String(code)} is not in ERROR_CODES`);
  const documented: readonly string[] = ERROR_CODES[code].extensions;
  expect(documented).toEqual(expect.arrayContaining(Object.keys(extensions)));
}

/** Neither the key nor Klaviyo's words, nor where our code lies. */
function expectNothingLeaked(gateway: TestGateway, answer: GraphqlAnswer): void {
  const said = JSON.stringify([answer.body, [...answer.headers]]);
  expect(said).not.toMatch(/leaky|<html|<!doctype|padding|stack|node_modules|\.[jt]s:\d|127\.0\.0\.1/i);
  for (const text of [said, ...gateway.rawLogs]) {
    expect(text).not.toContain(API_KEY);
    expect(text).not.toMatch(/Leaky (title|detail)/);
  }
}

describe("what is wrong with variables", () => {
  const query = `query ($filter: CampaignFilterInput) { campaigns(channel: EMAIL, filter: $filter) { nodes { id } } }`;
  const filterOf = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`name${n}`, 1]));

  test("is theirs alone, however much it is", async () => {
    await using gateway = await startGateway();
    const { status: httpStatus, body } = await gateway.query(query, { filter: filterOf(60) });
    expect(httpStatus).toBe(200);
    const codes = body.errors.map((error: { extensions: { code: string } }) => error.extensions.code);
    expect(new Set(codes)).toEqual(new Set(["BAD_USER_INPUT"]));
    expect(gateway.logs.filter(({ msg }) => msg === "incident")).toEqual([]);
  });

  test("is told without all that was sent, with what is wrong at the end", async () => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(query, { filter: filterOf(10_000) });
    expect(JSON.stringify(body).length).toBeLessThan(100_000);
    expect(body.errors[0].message).toMatch(
      /^Variable "\$filter" got invalid value \{.* … .*"name0" is not defined by type/,
    );
  });
});

describe("what Klaviyo answers to a read", () => {
  const klaviyoErrorId = "klaviyo-error-id";

  test.each([
    [
      "429 with a time",
      status(429, "throttled", { "Retry-After": "7" }),
      { code: "RATE_LIMITED", retryAfterMs: 7_000, klaviyoErrorId },
    ],
    ["429 without one", status(429, "throttled"), { code: "RATE_LIMITED", klaviyoErrorId }],
    ["401", status(401, "not_authenticated"), { code: "UPSTREAM_UNAUTHORIZED", klaviyoErrorId }],
    ["400 about the key", status(400, "authentication_failed"), { code: "UPSTREAM_UNAUTHORIZED", klaviyoErrorId }],
    ["403", status(403, "permission_denied"), { code: "FORBIDDEN", klaviyoErrorId }],
    ["400", status(400, "invalid"), { code: "UPSTREAM_REFUSED", klaviyoErrorId }],
    ["500", status(500, "error"), { code: "UPSTREAM_UNAVAILABLE", klaviyoErrorId }],
    ["503", status(503, "error"), { code: "UPSTREAM_UNAVAILABLE", klaviyoErrorId }],
    ["a page with 503", { kind: "html", status: 503 } as const, { code: "UPSTREAM_UNAVAILABLE" }],
    ["a page with 200", { kind: "html", status: 200 } as const, { code: "UPSTREAM_INVALID_RESPONSE" }],
    ["a page with 403", { kind: "html", status: 403 } as const, { code: "UPSTREAM_INVALID_RESPONSE" }],
    ["half a document", { kind: "truncated" } as const, { code: "UPSTREAM_INVALID_RESPONSE" }],
    ["another campaign", { kind: "wrong-id" } as const, { code: "UPSTREAM_INVALID_RESPONSE" }],
    [
      "a redirect",
      { kind: "redirect", location: "http://127.0.0.1:1/leaky" } as const,
      { code: "UPSTREAM_INVALID_RESPONSE" },
    ],
    ["more than fits", { kind: "huge-body", bytes: 5_000 } as const, { code: "UPSTREAM_INVALID_RESPONSE" }],
    ["a reset", { kind: "reset" } as const, { code: "UPSTREAM_UNAVAILABLE" }],
    ["a body that breaks off", { kind: "reset-mid-body" } as const, { code: "UPSTREAM_UNAVAILABLE" }],
  ])("%s becomes a documented error", async (_what, answer, extensions) => {
    await using gateway = await startGateway({
      simulator: SIMULATOR,
      env: { KLAVIYO_RESPONSE_LIMIT_BYTES: "4096" },
    });
    gateway.simulator.addFault({ times: "always", answer });
    const given = await gateway.query(QUERY);
    expectFailedRead(given, extensions);
    expectNothingLeaked(gateway, given);
  });

  test("403 names the scope that the key lacks", async () => {
    await using gateway = await startGateway({ simulator: { ...SIMULATOR, apiKeys: { [API_KEY]: ["lists:read"] } } });
    const given = await gateway.query(QUERY);
    expectFailedRead(given, { code: "FORBIDDEN", klaviyoErrorId: expect.stringMatching(UUID) });
    expect(given.body.errors[0].message).toContain("campaigns:read");
    expectNothingLeaked(gateway, given);
  });

  test("a key that Klaviyo does not know is not shown, neither to the client nor in the log", async () => {
    await using gateway = await startGateway({
      simulator: { ...SIMULATOR, apiKeys: { pk_other: ["campaigns:read"] } },
    });
    const given = await gateway.query(QUERY);
    expectFailedRead(given, { code: "UPSTREAM_UNAUTHORIZED", klaviyoErrorId: expect.stringMatching(UUID) });
    expectNothingLeaked(gateway, given);
  });

  test("silence is a time-out, after as long as one call may take", async () => {
    await using gateway = await startGateway({ simulator: SIMULATOR });
    gateway.simulator.addFault({ times: "always", answer: { kind: "black-hole" } });
    passTimeOn(gateway, "GET", 4_000);
    expectFailedRead(await gateway.query(QUERY), { code: "UPSTREAM_TIMEOUT" });
    expect(gateway.clock.pendingCount).toBe(0);
  });

  test("nothing that listens there is unavailability", async () => {
    await using gateway = await startGateway({ upstreamUrl: "http://127.0.0.1:1" });
    const given = await gateway.query(QUERY);
    expectFailedRead(given, { code: "UPSTREAM_UNAVAILABLE" });
    expectNothingLeaked(gateway, given);
  });

  test("one failed field does not take the others along", async () => {
    await using gateway = await startGateway({ simulator: SIMULATOR });
    gateway.simulator.addFault({
      match: { path: `/api/campaigns/${ID}` },
      times: "always",
      answer: { kind: "status", status: 503 },
    });
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { id name } campaignSendJob(id: "${ID}") { id } }`);
    expect(body.data).toEqual({ campaign: null, campaignSendJob: { id: ID } });
    expect(body.errors.map(({ path }: { path: string[] }) => path)).toEqual([["campaign"]]);
  });
});

describe("what a client gets wrong", () => {
  test.each([
    [`{ campaign(id: "../x") { id } }`, {}, "BAD_USER_INPUT"],
    [`query ($id: ID!) { campaign(id: $id) { id } }`, {}, "BAD_USER_INPUT"],
    [
      `mutation { cancelCampaignSend(id: "x", revision: "1999-01-01", action: CANCEL) { outcome } }`,
      {},
      "REVISION_NOT_SUPPORTED",
    ],
    [`{ campaign(id: }`, {}, "GRAPHQL_PARSE_FAILED"],
    [`{ nothing }`, {}, "GRAPHQL_VALIDATION_FAILED"],
    [`query A { __typename } query B { __typename }`, {}, "OPERATION_RESOLUTION_FAILURE"],
  ])("%s has its documented code and reaches nobody", async (query, variables, code) => {
    await using gateway = await startGateway({ simulator: SIMULATOR });
    const given = await gateway.query(query, variables);
    expect(given.body.errors[0].extensions).toMatchObject({ code });
    expectDocumented(given.body.errors[0].extensions);
    expectNothingLeaked(gateway, given);
    expect(gateway.simulator.requests).toEqual([]);
  });

  test("whoever asks for the modern media type learns it from HTTP as well", async () => {
    await using gateway = await startGateway();
    const accept = "application/graphql-response+json";
    const modern = await gateway.query("{ nothing }", {}, { accept });
    const legacy = await gateway.query("{ nothing }", {}, { accept: "application/json" });
    expect([modern.status, legacy.status]).toEqual([400, 200]);
    expect(modern.headers.get("content-type")).toContain(accept);
  });
});

describe("a fault of the gateway's own", () => {
  class LeakyError extends Error {
    readonly extensions = { code: "FORBIDDEN", secret: "of the extensions" };
  }

  function format(thrown: unknown) {
    const incidents: (readonly [id: string, error: unknown])[] = [];
    const formatError = createFormatError(
      () => "incident-1",
      (...incident) => void incidents.push(incident),
    );
    // As graphql-js wraps what a resolver threw.
    const originalError = thrown instanceof Error ? thrown : undefined;
    const error = new GraphQLError(String(thrown), { originalError: originalError ?? null, path: ["campaign"] });
    const code = originalError instanceof LeakyError ? originalError.extensions.code : "INTERNAL_SERVER_ERROR";
    const formatted = { message: error.message, path: ["campaign"], extensions: { code, stacktrace: ["at x.ts:1:1"] } };
    return { answer: formatError(formatted, error), incidents };
  }

  test.each([
    ["an error", new TypeError("cannot read /etc/secret")],
    ["an error that carries a code that looks like ours", new LeakyError("cannot read /etc/secret")],
    ["an error with a cause", new Error("outer /etc/secret", { cause: new Error("inner /etc/secret") })],
  ])("is masked when it is %s, and reported whole", (_what, thrown) => {
    const { answer, incidents } = format(thrown);
    expect(answer).toEqual({
      message: "Internal server error. Incident incident-1.",
      path: ["campaign"],
      extensions: { code: "INTERNAL_SERVER_ERROR", incidentId: "incident-1" },
    });
    expect(incidents).toEqual([["incident-1", thrown]]);
    expectDocumented(answer.extensions ?? {});
  });

  test("is found in the log by the id that its client was given", async () => {
    await using gateway = await startGateway({
      // Klaviyo's own clock goes on when the gateway's breaks.
      simulator: { ...SIMULATOR, now: () => START_MS },
    });
    gateway.clock.wallMs = () => {
      throw new RangeError("the clock at /etc/secret is broken");
    };
    const given = await gateway.query(QUERY);
    expectFailedRead(given, { code: "INTERNAL_SERVER_ERROR", incidentId: expect.stringMatching(UUID) });
    const { incidentId } = given.body.errors[0].extensions;
    const incidents = gateway.logs.filter((line) => line["incidentId"] === incidentId);
    expect(incidents).toEqual([
      expect.objectContaining({
        level: 50,
        err: expect.objectContaining({ type: "RangeError", message: expect.stringContaining("/etc/secret") }),
      }),
    ]);
    expect(JSON.stringify(given.body)).not.toContain("/etc/secret");
    expectNothingLeaked(gateway, given);
  });
});
