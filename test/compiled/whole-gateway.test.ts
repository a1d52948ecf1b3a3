import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OPERATION_FILES, readOperation, VARIABLES } from "../suites/operation-examples.js";
import { ID } from "../support/cancel.js";
import { BothWays, type WireAnswer } from "./both-ways.js";

const FAULTS = [
  { answer: { kind: "status", status: 503 } },
  { answer: { kind: "status", status: 404 } },
  { answer: { kind: "html", status: 200 } },
  { answer: { kind: "reset" } },
  { answer: { kind: "wrong-id" } },
] as const;

let both: BothWays;
let keeping: BothWays;
beforeAll(async () => {
  // What is repeated is repeated by the held clock: nothing here is about time.
  both = await BothWays.start({ KLAVIYO_READ_ATTEMPTS: "1", KLAVIYO_BREAKER: "off" });
  keeping = await BothWays.start({ KLAVIYO_CACHE: "on" });
});
afterAll(async () => {
  await both[Symbol.asyncDispose]();
  await keeping[Symbol.asyncDispose]();
});

/** So often, and by the same calls. */
async function expectAlike(ways: BothWays, body: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    const [compiled, interpreted] = await ways.ask(body);
    expect(compiled).toEqual(interpreted);
  }
  const [compiled, interpreted] = ways.calls();
  expect(compiled).toEqual(interpreted);
}

describe.each(OPERATION_FILES)("%s", (file) => {
  const body = JSON.stringify({ query: readOperation(file), variables: VARIABLES[file] });

  test("is answered alike both ways, for the same calls, the first time and when it comes again", async () => {
    const before = await both.runs();
    await expectAlike(both, body, 3);
    const after = await both.runs();
    expect(after.done + after.left - before.done - before.left).toBe(2);
  });

  test("is answered alike both ways from what is kept, and given again where nothing but kept reads is in it", async () => {
    const before = await keeping.runs();
    await expectAlike(keeping, body, 4);
    const after = await keeping.runs();
    expect(after.left).toBe(before.left);
    const canBeRepeated = /^query/m.test(readOperation(file)) && !readOperation(file).includes("statistics(");
    expect(after.repeated - before.repeated).toBe(canBeRepeated ? 2 : 0);
  });

  test.each(FAULTS)("is answered alike both ways when Klaviyo answers $answer", async (fault) => {
    both.addFault(fault);
    const [compiled, interpreted] = await both.ask(body);
    expect(compiled).toEqual(interpreted);
  });
});

/** A trace holds times, so that no two are alike. */
function withoutTrace({ headers, body, ...rest }: WireAnswer): object {
  const isTraced = body.includes('"ftv1"');
  const kept = isTraced ? { ...headers, "content-length": "" } : headers;
  return { ...rest, headers: kept, body: body.replace(/"ftv1":"[^"]+"/, "") };
}

const ONE =
  "query One($id: ID!, $withTags: Boolean = false) { campaign(id: $id) { id name tags @include(if: $withTags) { name } } }";
const one = (more: object = {}) => JSON.stringify({ query: ONE, variables: { id: ID }, ...more });

/** Written by hand, for not every Node's JSON.stringify could. */
const nested = (depth: number) =>
  one({ variables: { id: ID, deep: "HERE" } }).replace('"HERE"', `${"[".repeat(depth)}${"]".repeat(depth)}`);

describe("what is unusual about a request is answered alike both ways", () => {
  const hash = createHash("sha256").update(ONE).digest("hex");
  const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
  test.each<[string, string, Record<string, string>]>([
    ["another name", one({ operationName: "Other" }), {}],
    ["its name", one({ operationName: "One" }), {}],
    ["no name, said as null", one({ operationName: null }), {}],
    ["a name that is none", one({ operationName: 1 }), {}],
    ["variables that do not fit", one({ variables: { id: { a: 1 } } }), {}],
    ["variables that are no object", one({ variables: [1] }), {}],
    ["a variable that is missing", one({ variables: {} }), {}],
    ["an id that Klaviyo has not", one({ variables: { id: "NONE" } }), {}],
    ["an id that is none", one({ variables: { id: "../x" } }), {}],
    ["a list that is too long", one({ variables: { id: ID, withTags: Array.from({ length: 2_000 }, () => 1) } }), {}],
    ["a list that is nested very deeply", nested(100_000), {}],
    ["a condition that holds", one({ variables: { id: ID, withTags: true } }), {}],
    ["a condition that is null", one({ variables: { id: ID, withTags: null } }), {}],
    ["a batch", `[${one()}]`, {}],
    ["its hash with it", one(persisted(hash)), {}],
    ["a wrong hash with it", one(persisted("0".repeat(64))), {}],
    ["extensions that are none", one({ extensions: 1 }), {}],
    ["an accept header that takes GraphQL's own type", one(), { accept: "application/graphql-response+json" }],
    ["an accept header that takes neither", one(), { accept: "text/css" }],
    ["the wish for a trace", one(), { "apollo-federation-include-trace": "ftv1" }],
    ["the wish to know of the cache", one(), { "x-cache-status": "1" }],
    ["a caller's deadline that is none", one(), { "x-request-timeout-ms": "soon" }],
    ["a page's origin", one(), { origin: "https://studio.apollographql.com" }],
  ])("%s", async (_, body, headers) => {
    await both.ask(one());
    for (let time = 0; time < 2; time++) {
      const [compiled, interpreted] = await both.ask(body, headers);
      expect(withoutTrace(compiled)).toEqual(withoutTrace(interpreted));
    }
  });

  test("a document by its hash alone", async () => {
    await both.ask(one(persisted(hash)));
    const before = await both.runs();
    const body = JSON.stringify({ variables: { id: ID }, ...persisted(hash) });
    for (let time = 0; time < 2; time++) {
      const [compiled, interpreted] = await both.ask(body);
      expect(compiled).toEqual(interpreted);
    }
    expect((await both.runs()).done - before.done).toBe(2);
  });
});

test("a run that is left has done each mutation once: graphql-js goes on from what they have answered", async () => {
  const query = `mutation Two($metric: ID!) {
    clone: cloneCampaign(id: "TEXT", name: "Copy") { outcome }
    cancelCampaignSend(id: "${ID}", revision: "2026-07-15", action: CANCEL) {
      campaign { statistics(conversionMetricId: $metric) { opens } }
    }
  }`;
  await both.ask(JSON.stringify({ query, variables: { metric: "RESQ6t" } }));
  const [before] = both.calls();
  const { left } = await both.runs();
  const [compiled, interpreted] = await both.ask(JSON.stringify({ query, variables: { metric: "no id" } }));
  expect(compiled).toEqual(interpreted);
  expect(JSON.parse(compiled.body).errors[0].extensions.code).toBe("BAD_USER_INPUT");
  expect((await both.runs()).left).toBe(left + 1);
  const [calls] = both.calls();
  expect(calls.slice(before.length).filter((call) => !call.startsWith("GET"))).toEqual([
    "POST /api/campaign-clone",
    `PATCH /api/campaign-send-jobs/${ID}`,
  ]);
});

test("what two fields have in common is read for both, and what one has besides, for that one", async () => {
  const query = `{ a: campaignSendJob(id: "${ID}") { ...Row } b: campaignSendJob(id: "${ID}") { ...Row campaign { name } } }
    fragment Row on CampaignSendJob { campaign { status } }`;
  for (let time = 0; time < 3; time++) {
    const [compiled, interpreted] = await both.ask(JSON.stringify({ query }));
    expect(compiled).toEqual(interpreted);
    expect(JSON.parse(compiled.body).data).toMatchObject({ b: { campaign: { name: expect.any(String) } } });
  }
});

test.each([
  [
    "another root field's argument",
    'mutation M($v: ID = "NONE") { sendCampaign(id: "DRAFT") { outcome } cloneCampaign(id: $v) { outcome } }',
  ],
  [
    "an argument in its payload",
    `mutation M($v: ID = "METRIC") { updateCampaign(id: "DRAFT", input: { name: "New" }) {
      outcome campaign { statistics(conversionMetricId: $v) { recipients } } } }`,
  ],
  [
    "a list in an argument",
    `mutation M($v: ID = "L1") { sendCampaign(id: "DRAFT") { outcome }
      updateCampaign(id: "DRAFT", input: { audiences: { included: [$v] } }) { outcome } }`,
  ],
])("nothing of a mutation is run where null may not be: %s", async (_where, query) => {
  for (let time = 0; time < 2; time++) await both.ask(JSON.stringify({ query }));
  const calls = both.calls();
  for (let time = 0; time < 2; time++) {
    const [compiled, interpreted] = await both.ask(JSON.stringify({ query, variables: { v: null } }));
    expect(compiled).toEqual(interpreted);
    expect(JSON.parse(compiled.body)).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    expect(JSON.parse(compiled.body).data).toBeUndefined();
  }
  expect(both.calls()).toEqual(calls);
});

test("variables with thousands of faults are answered alike, and as soon", async () => {
  const query = "query Much($v: CampaignFilterInput) { campaigns(channel: EMAIL, filter: $v) { nodes { id } } }";
  await both.ask(JSON.stringify({ query }));
  // As many as a body has room for. To tell of each of them with all the others would take minutes.
  const v = Object.fromEntries(Array.from({ length: 18_000 }, (_, n) => [`name${n}`, 1]));
  const [compiled, interpreted] = await both.ask(JSON.stringify({ query, variables: { v } }));
  expect(compiled).toEqual(interpreted);
  expect(JSON.parse(compiled.body)).toMatchObject({ errors: { length: 51 } });
});

test("a number that is too large for JavaScript is not answered as null is", async () => {
  const asked = (n: string) =>
    `{"query":"query Large($n: Int) { campaigns(channel: EMAIL, first: $n) { nodes { id } } }","variables":{"n":${n}}}`;
  for (let time = 0; time < 3; time++) await both.ask(asked("null"));
  const [compiled, interpreted] = await both.ask(asked("1e400"));
  expect(compiled).toEqual(interpreted);
  expect(JSON.parse(compiled.body).errors).toHaveLength(1);
});

test.each([
  ["met first", []],
  ["after others", [true, false, true, false]],
])("a condition that is null is refused both ways, %s, and nothing is done", async (when, before) => {
  const query = `mutation Rename${when.length}($id: ID!, $x: Boolean = true) {
      updateCampaign(id: $id, input: { name: "New" }) { outcome problem @include(if: $x) { code } }
    }`;
  const rename = (more: object) => both.ask(JSON.stringify({ query, variables: { id: "DRAFT", ...more } }));
  await rename({});
  for (const x of before) await rename({ x });
  const calls = both.calls();
  for (let time = 0; time < 2; time++) {
    const [compiled, interpreted] = await rename({ x: null });
    expect(compiled).toEqual(interpreted);
    expect(JSON.parse(compiled.body).errors[0].extensions.code).toBe("BAD_USER_INPUT");
  }
  expect(both.calls()).toEqual(calls);
});
