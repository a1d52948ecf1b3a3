import { createServer, type Server } from "node:http";
import { composeServices } from "@apollo/composition";
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { createGraphqlHandler } from "../../src/server/graphql-handler.js";
import { listenOn } from "../../src/server/lifecycle.js";
import { CANCEL, ID, onPatch, wire } from "../support/cancel.js";
import { type GraphqlAnswer, post, startGateway, type TestGateway } from "../support/gateway.js";

/** A subgraph of somebody else's, which knows of campaigns by their ids and adds to them. */
const NEIGHBOUR = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { promotions: [Promotion!]! }
  type Promotion @key(fields: "id") { id: ID! campaign: Campaign }
  type Campaign @key(fields: "id") { id: ID! promotions: [Promotion!]! }
`);

const PROMOTED = ["C0", "C1", "C2", "C3", "gone", ID];

const SECRET = "a-secret-of-the-router";

let gateway: TestGateway;
let supergraphUrl: string;
let cleanups: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  const campaigns = ["C0", "C1", "C2", "C3"].map((id) => ({ id, name: `Campaign ${id}`, status: "Draft" }));
  gateway = await startGateway({
    simulator: { campaigns: [...campaigns, { id: ID, name: "Sale", status: "Sending" }] },
  });
  const neighbourUrl = await serve(new ApolloServer({ schema: neighbourSchema(), ...QUIET }));
  const supergraphSdl = await compose(neighbourUrl);
  supergraphUrl = await serve(new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl, ...QUIET }), ...QUIET }));
});

afterEach(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup();
  cleanups = [];
  await gateway.close();
});

test("a query that goes through a neighbour and back reads its campaigns in one batch", async () => {
  const { body } = await ask(`{ promotions { id campaign { name status promotions { id } } } }`);
  expect(body.errors).toBeUndefined();
  expect(body.data.promotions).toEqual(
    PROMOTED.map((id) => ({
      id: `P-${id}`,
      campaign:
        id === "gone"
          ? null
          : {
              name: id === ID ? "Sale" : `Campaign ${id}`,
              status: id === ID ? "SENDING" : "DRAFT",
              promotions: [{ id: `P-${id}` }],
            },
    })),
  );
  // One list for each channel, and a look at the id that no list had: whether it is gone, only that can tell.
  expect(wire(gateway).toSorted()).toEqual([...Array(3).fill("GET /api/campaigns"), "GET /api/campaigns/gone"]);
});

test("a campaign that starts here gets its neighbour's fields", async () => {
  const { body } = await ask(`{ campaign(id: "C1") { name promotions { id } } }`);
  expect(body.data).toEqual({ campaign: { name: "Campaign C1", promotions: [{ id: "P-C1" }] } });
});

describe("the cancel through a router", () => {
  const variables = { id: ID, revision: "2026-07-15", action: "CANCEL" };

  test("stops the send", async () => {
    const { status, body } = await ask(CANCEL, variables);
    expect(status).toBe(200);
    expect(body.data.cancelCampaignSend).toMatchObject({ outcome: "STOPPED", status: "CANCELLED", problem: null });
  });

  test("says what is not known in words that no router redacts, with one mutation and no repetition by the router", async () => {
    gateway.simulator.addFault(onPatch({ kind: "status", status: 503 }, { times: "always" }));
    const { status, body } = await ask(CANCEL, variables);
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    expect(body.data.cancelCampaignSend).toMatchObject({
      outcome: "UNKNOWN",
      status: "SENDING",
      problem: { code: "UPSTREAM_UNAVAILABLE", message: expect.stringContaining("Check the campaign's status") },
    });
    expect(gateway.logs.filter((line) => line["audit"] === "cancelCampaignSend")).toHaveLength(1);
  });
});

const QUIET = { logger: { debug: () => {}, info: () => {}, warn: console.warn, error: console.error } };

test("scopes are in the supergraph where callers are checked, and nowhere else", async () => {
  expect(await compose("http://127.0.0.1:1")).not.toMatch(/requiresScopes|authenticated/);
  await gateway.close();
  gateway = await startGateway({ env: { AUTH: "router", AUTH_ROUTER_SECRETS: SECRET } });
  const supergraph = await compose("http://127.0.0.1:1", { "x-router-secret": SECRET });
  // Apollo's gateway refuses this supergraph: it knows no security. Routers that do, enforce it.
  expect(supergraph).toMatch(
    /cancelCampaignSend\([^)]*\)[^\n]*@requiresScopes\(scopes: \[\["campaigns:cancel"\], \["campaigns:write"\]\]\)/,
  );
  expect(supergraph).toMatch(/cancelCampaignSend\([^)]*\)[^\n]*@authenticated/);
  expect(supergraph).toMatch(/type Tag\b[\s\S]*?@requiresScopes\(scopes: \[\["tags:read"\]\]\)/);
});

function ask(query: string, variables: object = {}): Promise<GraphqlAnswer> {
  return post(supergraphUrl, { query, variables });
}

function neighbourSchema() {
  const promotion = (id: string) => ({ id: `P-${id}`, campaign: { __typename: "Campaign", id } });
  const resolvers = {
    Query: { promotions: () => PROMOTED.map(promotion) },
    Campaign: { promotions: ({ id }: { id: string }) => [promotion(id)] },
  };
  return buildSubgraphSchema([{ typeDefs: NEIGHBOUR, resolvers }]);
}

/** The supergraph of both, from the SDL that each of them serves: no error, and no hint at anything unclean. */
async function compose(neighbourUrl: string, headers: Record<string, string> = {}): Promise<string> {
  const { body } = await gateway.query("{ _service { sdl } }", {}, headers);
  const { supergraphSdl, errors, hints } = composeServices([
    { name: "campaigns", url: `${gateway.url}/graphql`, typeDefs: parse(body.data._service.sdl) },
    { name: "promotions", url: `${neighbourUrl}/graphql`, typeDefs: NEIGHBOUR },
  ]);
  expect(errors).toBeUndefined();
  expect(hints).toEqual([]);
  return supergraphSdl ?? "";
}

async function serve(apollo: ApolloServer): Promise<string> {
  await apollo.start();
  const options = { createContext: () => ({}), bodyLimitBytes: 1_000_000, onError: console.error };
  const server: Server = createServer(createGraphqlHandler(apollo, options));
  cleanups.push(async () => {
    await apollo.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return listenOn(server, 0, "127.0.0.1");
}
