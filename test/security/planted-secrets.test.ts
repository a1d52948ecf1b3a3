import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { loadConfig } from "../../src/config/config.js";
import type { FaultAnswer } from "../../src/simulator/simulator.js";
import { sendRaw } from "../server/raw-http.js";
import { CANCEL, ID } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { until } from "../support/until.js";

/** What nobody is to read anywhere, each from another place. All hold this word, so that one search finds any of them. */
const MARK = "planted";
const KLAVIYO_KEY = `pk_${MARK}_0123456789abcdef`;
const ROUTER_SECRET = `${MARK}-router-secret-0123456789`;
const REDIS_PASSWORD = `${MARK}-redis-password`;
const COLLECTORS_TOKEN = `${MARK}-collectors-token`;
const HEADERS = {
  "x-router-secret": ROUTER_SECRET,
  "x-caller-subject": "anna",
  "x-caller-scopes": "campaigns:read campaigns:write tags:read lists:read segments:read",
  authorization: `Bearer ${MARK}.jwt.token`,
  cookie: `session=${MARK}-cookie`,
  "x-forwarded-for": `${MARK}-address`,
};

const ERROR_BODY = JSON.stringify({
  errors: [
    {
      id: `${MARK} id that is none`,
      code: `${MARK} code`,
      title: `${MARK} title`,
      detail: `${MARK} detail: key ${KLAVIYO_KEY}`,
      source: { pointer: `/data/${MARK} pointer`, parameter: `${MARK} parameter` },
      meta: { [MARK]: MARK },
    },
  ],
});
const LEAKY = { headers: { "x-powered-by": MARK, "set-cookie": `a=${MARK}`, location: `https://${MARK}.example/` } };
const leaky = (status: number, body: string, contentType = "application/vnd.api+json"): FaultAnswer => ({
  kind: "status",
  status,
  body,
  contentType,
  ...LEAKY,
});

/** What Klaviyo, or what stands in its place, answers. */
const ANSWERS: readonly (readonly [string, FaultAnswer])[] = [
  ...[400, 401, 403, 404, 409, 410, 422, 429, 500, 502, 503].map(
    (status) => [`${status} with an error document`, leaky(status, ERROR_BODY)] as const,
  ),
  ["an error document with 200", leaky(200, ERROR_BODY)],
  ["a page", leaky(200, `<html>${MARK}</html>`, "text/html")],
  ["a page with 503", leaky(503, `<html>${MARK}</html>`, "text/html")],
  ["half a document", leaky(200, `{"data":{"id":"${MARK}`)],
  ["another type", leaky(200, JSON.stringify({ data: { type: MARK, id: ID, attributes: {} } }))],
  ["another id", leaky(200, JSON.stringify({ data: { type: "campaign", id: MARK, attributes: {} } }))],
  [
    "attributes of other types",
    leaky(
      200,
      JSON.stringify({ data: { type: "campaign", id: ID, attributes: { name: [MARK], status: { a: MARK } } } }),
    ),
  ],
  ["a redirect", leaky(302, MARK, "text/plain")],
];

const READ = `query Read($id: ID!) { campaign(id: $id) { id name status tags { name } } }`;
const SENDERS_OWN = { id: ID };

let directory: string;
let gateway: TestGateway;
/** Everything that has left the gateway by HTTP, head and body. */
const left: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "planted-"));
  process.env["PLANTED"] = `${MARK}-environment`;
  gateway = await startGateway({
    env: {
      KLAVIYO_API_KEY: KLAVIYO_KEY,
      AUTH: "router",
      AUTH_ROUTER_SECRETS: ROUTER_SECRET,
      REDIS_URL: `redis://user:${REDIS_PASSWORD}@127.0.0.1:1`,
      REPLICAS: "1",
      AUDIT_LOG: join(directory, "audit.log"),
      METRICS_PORT: "0",
      LOG_LEVEL: "trace",
      KLAVIYO_READ_ATTEMPTS: "1",
      KLAVIYO_BREAKER: "off",
    },
    simulator: { campaigns: [{ id: ID, status: "Sending" }] },
  });
});
afterAll(async () => {
  delete process.env["PLANTED"];
  await gateway.close();
  await rm(directory, { recursive: true });
});

async function send(path: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(`${gateway.url}${path}`, init);
  const text = await response.text();
  // A trace is a protocol buffer in base64.
  const traces = [...text.matchAll(/"ftv1":"([^"]+)"/g)].map(([, trace = ""]) =>
    Buffer.from(trace, "base64").toString(),
  );
  const all = JSON.stringify([...response.headers]) + text + traces.join("");
  left.push(all);
  return all;
}

function post(body: object, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const init = { ...HEADERS, "content-type": "application/json", ...headers };
  return send("/graphql", { method: "POST", headers: init, body: JSON.stringify(body) });
}

describe("nothing that was planted leaves in an answer", () => {
  test.each(ANSWERS)("when Klaviyo answers a read with %s", async (_, answer) => {
    for (const headers of [{}, { "apollo-federation-include-trace": "ftv1" }] as const) {
      gateway.simulator.addFault({ match: { method: "GET" }, answer });
      expect(await post({ query: READ, variables: SENDERS_OWN }, headers)).not.toContain(MARK);
    }
  });

  test.each(ANSWERS)("when Klaviyo answers a cancel with %s", async (_, answer) => {
    gateway.simulator.addFault({ match: { method: "PATCH" }, answer });
    const variables = { ...SENDERS_OWN, revision: "2026-07-15", action: "CANCEL" };
    expect(await post({ query: CANCEL, variables })).not.toContain(MARK);
  });

  test.each<readonly [string, string, RequestInit]>([
    ["no path of ours", "/none", { headers: HEADERS }],
    ["health", "/readyz", { headers: HEADERS }],
    ["the landing page", "/graphql", { headers: { ...HEADERS, accept: "text/html" } }],
    [
      "a body that is no JSON",
      "/graphql",
      { method: "POST", headers: { ...HEADERS, "content-type": "application/json" }, body: "{" },
    ],
    [
      "a wrong secret",
      "/graphql",
      {
        method: "POST",
        headers: { ...HEADERS, "x-router-secret": `${MARK}-wrong`, "content-type": "application/json" },
        body: "{}",
      },
    ],
    ["another method", "/graphql", { method: "DELETE", headers: HEADERS }],
    [
      "a simple request",
      "/graphql?query=%7B__typename%7D",
      { headers: { "x-router-secret": ROUTER_SECRET, cookie: `a=${MARK}` } },
    ],
  ])("of %s", async (_, path, init) => {
    expect(await send(path, init)).not.toContain(MARK);
  });

  test("of what is no HTTP", async () => {
    const answer = JSON.stringify(await sendRaw(gateway.url, `GET / ${MARK}\r\n\r\n`));
    expect(answer).not.toContain(MARK);
    left.push(answer);
  });
});

test("nothing that was planted is in logs, audit lines or metrics, although all of that has happened", async () => {
  expect(left.length).toBeGreaterThan(2 * ANSWERS.length);
  const readAudit = () => readFileSync(join(directory, "audit.log"), "utf8");
  // The audit log holds up no answer: its last line may come after it.
  await until(() => readAudit().trim().split("\n").length >= ANSWERS.length);
  const audit = readAudit();
  const url = gateway.logs.find(({ msg }) => msg === "metrics")?.["url"];
  const metrics = await (await fetch(String(url))).text();
  expect(metrics).toContain("gateway_cancels_total");
  const found = [...gateway.rawLogs, ...audit.split("\n"), ...metrics.split("\n")].filter((line) =>
    line.includes(MARK),
  );
  expect(found).toEqual([]);
});

test("what is planted in the environment is not shown by a start that fails", () => {
  const env = {
    KLAVIYO_API_KEY: `${MARK} key`,
    KLAVIYO_API_KEY_FILE: `/${MARK}/key`,
    AUTH_ROUTER_SECRETS: `${MARK},short`,
    REDIS_URL: `http://user:${REDIS_PASSWORD}@host`,
    AUDIT_LOG_TOKEN: `${COLLECTORS_TOKEN} with space`,
    KLAVIYO_OAUTH_CLIENT_SECRET: `${MARK}`,
    PORT: "none",
  };
  let message = "";
  try {
    loadConfig(env);
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain("PORT");
  expect(message).not.toContain(MARK);
});
