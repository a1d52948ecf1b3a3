import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { serverAudits } from "graphql-http";
import { startGateway, type TestGateway } from "../support/gateway.js";

// The reference implementation's audits of GraphQL over HTTP, against the whole app. https://github.com/graphql/graphql-http

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const audits = serverAudits({
  // Asked for each request: the port is not known before the gateway listens.
  url: () => `${gateway.url}/graphql`,
  // The audits send GETs as a form on any web page could, which we refuse. This header is what a GraphQL client sends.
  fetchFn: (url: string, { headers, ...rest }: RequestInit = {}) =>
    fetch(url, { ...rest, headers: { ...Object.fromEntries(new Headers(headers)), "apollo-require-preflight": "1" } }),
});

test("there are 61 audits: 13 MUST, 23 SHOULD, 25 MAY", () => {
  const counted = (word: string) => audits.filter(({ name }) => name.startsWith(`${word} `)).length;
  expect([audits.length, counted("MUST"), counted("SHOULD"), counted("MAY")]).toEqual([61, 13, 23, 25]);
});

test.each(audits)("$id: $name", async ({ fn }) => {
  const result = await fn();
  const reason = "reason" in result ? result.reason : undefined;
  expect({ status: result.status, reason }).toEqual({ status: "ok", reason: undefined });
});
