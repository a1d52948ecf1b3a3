import { describe, expect, test } from "@jest/globals";
import { startGateway, type TestGateway } from "../support/gateway.js";

/*
 * The requests of graphql-cop, a scanner that many use, against the gateway in production mode. Each is "vulnerable" by the
 * scanner's own rule, which is spelt out here.
 */
const times = (count: number, text: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => text(n)).join(" ");

interface Answer {
  readonly status: number;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer, to be looked at
  readonly json: any;
}

type Request = readonly [path: string, init: RequestInit];

function posted(body: unknown): Request {
  const headers = { "content-type": "application/json" };
  return ["/graphql", { method: "POST", headers, body: JSON.stringify(body) }];
}

const query = (text: string) => posted({ query: text, operationName: "cop" });
const form = { "content-type": "application/x-www-form-urlencoded" };

const CHECKS: readonly (readonly [check: string, request: Request, isVulnerable: (answer: Answer) => boolean])[] = [
  [
    "alias overloading",
    query(`query cop { ${times(101, (n) => `alias${n}:__typename`)} }`),
    ({ json }) => Boolean(json.data?.alias100),
  ],
  [
    "array batching",
    posted(Array(10).fill({ query: "query cop { __typename }", operationName: "cop" })),
    ({ json }) => Array.isArray(json) && json.length >= 10,
  ],
  [
    "directive overloading",
    query(`query cop { __typename ${"@aa".repeat(10)} }`),
    ({ json }) => json.errors?.length === 10,
  ],
  [
    "circular introspection",
    query(
      "query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }",
    ),
    ({ json }) => (json.data?.__schema?.types?.length ?? 0) > 25,
  ],
  [
    "introspection",
    query("query cop { __schema { types { name fields { name } } } }"),
    ({ json }) => Boolean(json.data?.__schema?.types),
  ],
  [
    "field duplication",
    query(`query cop { ${"__typename ".repeat(500)} }`),
    ({ json }) => Boolean(json.data?.__typename),
  ],
  ["field suggestions", query("query cop { __schema { directive } }"), ({ text }) => text.includes("Did you mean")],
  [
    "field suggestions beyond introspection",
    query(`query cop { campain(id: "A") { id } }`),
    ({ text }) => text.includes("Did you mean"),
  ],
  [
    "queries by GET",
    ["/graphql?query=query%20cop%20%7B__typename%7D", {}],
    ({ json }) => Boolean(json.data?.__typename),
  ],
  [
    "mutations by GET",
    ["/graphql?query=mutation%20cop%20%7B__typename%7D", {}],
    ({ json }) => Boolean(json.data?.__typename),
  ],
  [
    "mutations by GET, with a header that passes the check of cross-site requests",
    ["/graphql?query=mutation%20cop%20%7B__typename%7D", { headers: { "apollo-require-preflight": "1" } }],
    ({ json }) => Boolean(json.data?.__typename),
  ],
  [
    "form posts",
    ["/graphql", { method: "POST", headers: form, body: "query=query%20cop%20%7B__typename%7D" }],
    ({ json }) => Boolean(json.data?.__typename),
  ],
  [
    "text posts",
    ["/graphql", { method: "POST", headers: { "content-type": "text/plain" }, body: `{"query":"{__typename}"}` }],
    ({ json }) => Boolean(json.data),
  ],
  [
    "an IDE",
    ["/graphql", { headers: { accept: "text/html" } }],
    ({ text }) => /graphiql|playground|sandbox/i.test(text),
  ],
  ["tracing", query("query cop { __typename }"), ({ json }) => Boolean(json.extensions)],
  ["unhandled errors", query("qwerty cop { abc }"), ({ text }) => /exception|stacktrace|node_modules/.test(text)],
  [
    "circular fragments",
    query("query cop { ...a } fragment a on Query { ...b } fragment b on Query { ...a }"),
    ({ json }) => Boolean(json.data),
  ],
];

async function ask(gateway: TestGateway, [path, init]: Request): Promise<Answer> {
  const response = await fetch(`${gateway.url}${path}`, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, text, json: isJson ? JSON.parse(text) : {} };
}

describe("in production, a scanner's check finds nothing", () => {
  test.each(CHECKS)("%s", async (_check, request, isVulnerable) => {
    await using gateway = await startGateway({ env: { NODE_ENV: "production" } });
    const answer = await ask(gateway, request);
    expect({ ...answer, isVulnerable: isVulnerable(answer) }).toMatchObject({ isVulnerable: false });
    expect(gateway.simulator.requests).toEqual([]);
    expect(gateway.logs.filter(({ level }) => Number(level) > 40)).toEqual([]);
  });
});
