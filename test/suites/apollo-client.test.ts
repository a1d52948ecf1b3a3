import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { hash } from "node:crypto";
import { CANCEL, ID, wire } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";

const CAMPAIGN = gql`
  query Campaign($id: ID!) {
    campaign(id: $id) {
      id
      name
      status
    }
  }
`;

const PAGE = gql`
  query Page($after: String) {
    campaigns(channel: EMAIL, first: 2, after: $after) {
      edges {
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

interface Page {
  readonly campaigns: {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

let gateway: TestGateway;
let client: ApolloClient;
/** Every request of the client, as its method and whether the document was in it. */
let sent: { readonly method: string; readonly hasQuery: boolean }[] = [];

beforeEach(async () => {
  const others = ["A", "B", "C", "D"].map((id) => ({ id, status: "Draft" }));
  gateway = await startGateway({ simulator: { campaigns: [{ id: ID, name: "Sale", status: "Sending" }, ...others] } });
  sent = [];
  client = createClient([]);
});

afterEach(async () => {
  client.stop();
  await gateway.close();
});

/** A frontend's client. @param links what stands before the request is sent */
function createClient(links: readonly ApolloLink[]): ApolloClient {
  const http = new HttpLink({
    uri: `${gateway.url}/graphql`,
    fetch: (url, init) => {
      const hasQuery = init?.method === "GET" ? String(url).includes("query=") : String(init?.body).includes(`"query"`);
      sent.push({ method: init?.method ?? "GET", hasQuery });
      return fetch(url, init);
    },
  });
  const cache = new InMemoryCache({
    typePolicies: { Query: { fields: { campaigns: relayStylePagination(["channel"]) } } },
  });
  return new ApolloClient({ link: ApolloLink.from([...links, http]), cache });
}

test("reads a campaign, and reads it from its cache the second time", async () => {
  const variables = { id: ID };
  const { data } = await client.query({ query: CAMPAIGN, variables });
  expect(data).toMatchObject({ campaign: { __typename: "Campaign", name: "Sale", status: "SENDING" } });
  await client.query({ query: CAMPAIGN, variables });
  expect(sent).toHaveLength(1);
});

test("stops a send, and every view of the campaign shows its new status", async () => {
  const statuses: unknown[] = [];
  const watch = client.watchQuery<{ campaign: { status: string } }>({ query: CAMPAIGN, variables: { id: ID } });
  const seen = new Promise<void>((resolve) => {
    watch.subscribe(({ data }) => {
      const status = data?.campaign?.status;
      if (status && status !== statuses.at(-1)) statuses.push(status);
      if (status === "SENDING") void stop();
      if (status === "CANCELLED") resolve();
    });
  });
  const mutation = gql(CANCEL.replace("statusText", "statusText status"));
  const stop = () => client.mutate({ mutation, variables: { id: ID, revision: "2026-07-15", action: "CANCEL" } });
  await seen;
  expect(statuses).toEqual(["SENDING", "CANCELLED"]);
});

test("follows the pages of a connection into one list", async () => {
  const list = client.watchQuery<Page>({ query: PAGE });
  const subscription = list.subscribe(() => {});
  let { data: page } = await client.query<Page>({ query: PAGE });
  while (page?.campaigns.pageInfo.hasNextPage)
    ({ data: page } = await list.fetchMore({ variables: { after: page.campaigns.pageInfo.endCursor } }));
  const all = client.readQuery<Page>({ query: PAGE });
  const ids = all?.campaigns.edges.map(({ node }) => node.id);
  expect(ids?.toSorted()).toEqual([ID, "A", "B", "C", "D"].toSorted());
  expect(wire(gateway)).toEqual(Array(3).fill("GET /api/campaigns"));
  subscription.unsubscribe();
});

test("gets errors with code and fields", async () => {
  const failed: unknown = await client.query({ query: CAMPAIGN, variables: { id: "../x" } }).catch((error) => error);
  expect(CombinedGraphQLErrors.is(failed)).toBe(true);
  if (!CombinedGraphQLErrors.is(failed)) return;
  expect(failed.errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "id" }] });
});

describe("automatic persisted queries", () => {
  const sha256 = (query: string) => hash("sha256", query);

  test.each([
    ["over POST", false, ["POST", "POST", "POST"]],
    ["over GET for the hash", true, ["GET", "POST", "GET"]],
  ])("work %s: the document is sent once", async (_name, useGETForHashedQueries, methods) => {
    client.stop();
    client = createClient([new PersistedQueryLink({ sha256, useGETForHashedQueries })]);
    for (const id of [ID, "A"]) {
      const { data } = await client.query({ query: CAMPAIGN, variables: { id } });
      expect(data).toMatchObject({ campaign: { id } });
    }
    expect(sent.map(({ method }) => method)).toEqual(methods);
    expect(sent.map(({ hasQuery }) => hasQuery)).toEqual([false, true, false]);
  });
});
