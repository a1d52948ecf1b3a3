import type { GraphQLSchema } from "graphql";
import type { Json } from "../properties/arbitrary-of.js";
import { OPERATION_FILES, readOperation, VARIABLES } from "../suites/operation-examples.js";
import { requestBytes, type Sent } from "../support/raw-request.js";
import { alterBytes } from "./alter-bytes.js";
import { alterJson } from "./alter-json.js";
import { breakDocument, documentOf } from "./documents.js";
import type { Draw } from "./draw.js";
import { junkOf, TEXTS } from "./junk.js";

const ENTITIES =
  "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Campaign { id name sendJob { id } } ... on CampaignSendJob { id status } } }";
const PARTS: Json = {
  query: "query A($id: ID) { __typename }",
  variables: { id: "A" },
  operationName: "A",
  extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } },
};

/** Requests that are sound HTTP, and whatever they please in their bodies. Each has to be answered. */
export const WELL_SENT: Readonly<Record<string, (draw: Draw, schema: GraphQLSchema) => Sent>> = {
  "operations that fit the schema, more or less": (draw, schema) => json({ query: documentOf(draw, schema) }),
  "operations with broken words": (draw, schema) => json({ query: breakDocument(draw, documentOf(draw, schema)) }),
  "our own operations with other variables": (draw) => {
    const file = draw.pick(OPERATION_FILES);
    return json({ query: readOperation(file), variables: alterJson(draw, VARIABLES[file] as Json) });
  },
  "our own operations with broken words": (draw) => {
    const file = draw.pick(OPERATION_FILES);
    return json({ query: breakDocument(draw, readOperation(file)), variables: VARIABLES[file] as Json });
  },
  "representations of all kinds": (draw) => {
    const one = {
      __typename: draw.pick(["Campaign", "CampaignSendJob", ...TEXTS]),
      id: draw.pick(["SENDING", ...TEXTS]),
    };
    return json({ query: ENTITIES, variables: { r: [alterJson(draw, one), one] } });
  },
  "other parts of a request": (draw) => json(alterJson(draw, PARTS)),
  "headers of all kinds": (draw) => ({ body: JSON.stringify(PARTS), headers: headersOf(draw) }),
  "bodies that are JSON no more": (draw) => ({ body: alterBytes(draw, Buffer.from(JSON.stringify(PARTS))) }),
  "queries by GET": (draw, schema) => ({
    method: "GET",
    search: `?query=${encodeURIComponent(documentOf(draw, schema).toWellFormed())}&variables=${encodeURIComponent(JSON.stringify(junkOf(draw)))}`,
    headers: { "apollo-require-preflight": "1" },
  }),
};

/** Any bytes that were a request once. The door may wait for the rest of it. */
export function alteredBytes(draw: Draw, schema: GraphQLSchema): Buffer {
  return alterBytes(draw, requestBytes(draw.pick(Object.values(WELL_SENT))(draw, schema)));
}

function json(body: Json): Sent {
  return { body: JSON.stringify(body) };
}

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  accept: ["*/*", "application/graphql-response+json", "text/html", "", "q=;,;", "a".repeat(3_000)],
  "content-type": ["application/json", "application/json; charset=", "text/plain", "multipart/form-data", ";", "\xff"],
  "content-encoding": ["identity", "gzip", "br, br", "\xff"],
  origin: ["null", "https://example.com", "\xff", ""],
  "x-request-id": ["a", "a b", "\xff", "a".repeat(100)],
  "x-request-timeout-ms": ["1000", "0", "-1", "1e400", "NaN", "\xff"],
  authorization: ["Bearer", "Bearer a.b.c", "Basic Og==", "\xff"],
  "apollo-federation-include-trace": ["ftv1", "ftv2"],
  "apollographql-client-name": ["web", "a".repeat(3_000), "\xff"],
  "x-cache-status": ["1", "\xff"],
  "x-forwarded-for": ["127.0.0.1", "\xff"],
  range: ["bytes=0-0,0-0"],
};

function headersOf(draw: Draw): Readonly<Record<string, string>> {
  const names = Object.keys(HEADERS);
  const chosen = Array.from({ length: 1 + draw.below(4) }, () => draw.pick(names));
  return Object.fromEntries(chosen.map((name) => [name, draw.pick(HEADERS[name] ?? [""])]));
}
