import { describe, expect, test } from "@jest/globals";
import { ID, READ, wire } from "../support/cancel.js";
import { ONE_ATTEMPT, startGateway } from "../support/gateway.js";

function campaigns(count: number, rest: object = {}) {
  return Array.from({ length: count }, (_, n) => ({ id: `C${String(n).padStart(3, "0")}`, status: "Draft", ...rest }));
}

function queries(gateway: Awaited<ReturnType<typeof startGateway>>): string[] {
  return gateway.simulator.requests.map(({ query }) => decodeURIComponent(query.replaceAll("+", " ")));
}

describe("campaign", () => {
  test("has every field of the schema, from one call that asks for just these", async () => {
    await using gateway = await startGateway({
      simulator: { campaigns: [{ id: ID, name: "Sale", status: "Scheduled" }] },
    });
    const { body } = await gateway.query(
      `query ($id: ID!) { campaign(id: $id) { id name status statusText archived createdAt updatedAt scheduledAt sendTime } }`,
      { id: ID },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.campaign).toMatchObject({
      id: ID,
      name: "Sale",
      status: "SCHEDULED",
      statusText: "Scheduled",
      archived: false,
      createdAt: expect.stringMatching(/^2026-11-22T12:00:00.000Z$/),
    });
    expect(wire(gateway)).toEqual([READ]);
    expect(queries(gateway)).toEqual([
      "fields[campaign]=archived,created_at,name,scheduled_at,send_time,status,updated_at",
    ]);
  });

  test("costs one call with the union of the fields, however often it is asked for in one operation", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: [{ id: ID, status: "Draft" }] } });
    const { body } = await gateway.query(
      `query ($id: ID!, $no: Boolean = false) {
        a: campaign(id: $id) { ...F status @include(if: $no) }
        b: campaign(id: $id) { archived createdAt @skip(if: true) }
      }
      fragment F on Campaign { alias: name ... { id } }`,
      { id: ID },
    );
    expect(body.data).toMatchObject({ a: { alias: expect.any(String), id: ID }, b: { archived: false } });
    expect(wire(gateway)).toEqual([READ]);
    expect(queries(gateway)).toEqual(["fields[campaign]=archived,name"]);
  });

  test("is told also when a list beside it cannot be read", async () => {
    await using gateway = await startGateway({ env: ONE_ATTEMPT, simulator: { campaigns: campaigns(1) } });
    for (const path of ["campaigns", "tags", "tag-groups", "metrics"].map((name) => `/api/${name}`))
      gateway.simulator.addFault({ match: { path }, times: "always", answer: { kind: "status", status: 503 } });
    const { body } = await gateway.query(`{
      campaign(id: "C000") { id }
      campaigns(channel: EMAIL) { nodes { id } }
      campaignsOfChannels(channels: [SMS]) { nodes { id } }
      tags { nodes { id } }
      tagGroups { nodes { id } }
      metrics { nodes { id } }
    }`);
    const lists = { campaigns: null, campaignsOfChannels: null, tags: null, tagGroups: null, metrics: null };
    expect(body.data).toEqual({ campaign: { id: "C000" }, ...lists });
    const paths = body.errors.map((error: { path: unknown[] }) => error.path.join("."));
    expect(paths.toSorted()).toEqual(Object.keys(lists).toSorted());
  });

  test("is null when Klaviyo has none", async () => {
    await using gateway = await startGateway();
    const { status, body } = await gateway.query(`{ campaign(id: "gone") { id } }`);
    expect(status).toBe(200);
    expect(body).toEqual({ data: { campaign: null } });
  });

  test("knows its send job, and the job its campaign", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: [{ id: ID, status: "Sending" }] } });
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { sendJob { id status campaign { name } } } }`);
    expect(body.data.campaign.sendJob).toMatchObject({
      id: ID,
      status: "PROCESSING",
      campaign: { name: expect.any(String) },
    });
  });
});

describe("campaignSendJob", () => {
  test.each([
    ["Sending", "PROCESSING"],
    ["Sent", "COMPLETE"],
    ["Cancelled", "CANCELLED"],
  ])("of a campaign that is %s is %s", async (status, expected) => {
    await using gateway = await startGateway({ simulator: { campaigns: [{ id: ID, status }] } });
    const { body } = await gateway.query(`{ campaignSendJob(id: "${ID}") { id status } }`);
    expect(body.data.campaignSendJob).toEqual({ id: ID, status: expected });
  });

  test("is null when there is none", async () => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(`{ campaignSendJob(id: "gone") { id } }`);
    expect(body).toEqual({ data: { campaignSendJob: null } });
  });
});

describe("_entities", () => {
  const ENTITIES = `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Campaign { id status } ... on CampaignSendJob { id } } }`;

  test("resolves many campaigns in one batch, in order, with null for what does not exist", async () => {
    await using gateway = await startGateway({
      simulator: { campaigns: [...campaigns(40), { id: "SMS", status: "Sent", channel: "sms" }] },
    });
    const ids = ["SMS", ...campaigns(40).map(({ id }) => id), "gone", "C000"];
    const all = ids.map((id) => ({ __typename: "Campaign", id }));
    const { body } = await gateway.query(ENTITIES, { all });
    expect(body.data._entities.map((entity: { id: string } | null) => entity?.id)).toEqual([
      "SMS",
      ...campaigns(40).map(({ id }) => id),
      undefined,
      "C000",
    ]);
    // One list for each channel, and one GET for the id that no list had.
    expect(wire(gateway)).toEqual([...Array(3).fill("GET /api/campaigns"), "GET /api/campaigns/gone"]);
    expect(queries(gateway)[0]).toContain("fields[campaign]=status&page[size]=100");
  });

  test("finds archived campaigns, which lists leave out", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: campaigns(8, { archived: true }) } });
    const all = campaigns(8).map(({ id }) => ({ __typename: "Campaign", id }));
    const { body } = await gateway.query(ENTITIES, { all });
    expect(body.data._entities).toEqual(campaigns(8).map(({ id }) => ({ id, status: "DRAFT" })));
    // Three lists of those that are not archived have none of them, and the first of those that are has all.
    expect(wire(gateway)).toHaveLength(4);
  });

  test("asks the channel first that had most of the campaigns before, and the others for what it has not", async () => {
    const texts = campaigns(12, { channel: "sms" });
    await using gateway = await startGateway({ simulator: { campaigns: [...texts, { id: "MAIL", status: "Draft" }] } });
    const channelsOf = (from: number) =>
      gateway.simulator.requests.slice(from).map(({ query }) => /channel,"(\w+)"/.exec(decodeURIComponent(query))?.[1]);
    const ask = (ids: readonly string[]) =>
      gateway.query(ENTITIES, { all: ids.map((id) => ({ __typename: "Campaign", id })) });
    const ids = texts.map(({ id }) => id);
    await ask(ids.slice(0, 6));
    expect(channelsOf(0).toSorted()).toEqual(["email", "mobile_push", "sms"]);
    await ask(ids.slice(6));
    expect(channelsOf(3)).toEqual(["sms"]);
    const { body } = await ask([...ids.slice(0, 5), "MAIL"]);
    expect(body.data._entities.at(-1)).toEqual({ id: "MAIL", status: "DRAFT" });
    expect(channelsOf(4)[0]).toBe("sms");
    expect(channelsOf(5).toSorted()).toEqual(["email", "mobile_push"]);
  });

  test("asks for few campaigns one by one, each once", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: campaigns(2) } });
    const all = ["C000", "C001", "C000"].map((id) => ({ __typename: "Campaign", id }));
    const { body } = await gateway.query(ENTITIES, { all });
    expect(body.data._entities).toHaveLength(3);
    expect(wire(gateway).toSorted()).toEqual(["GET /api/campaigns/C000", "GET /api/campaigns/C001"]);
  });

  test("does not turn a failed list into 'no such campaign', nor into more calls", async () => {
    await using gateway = await startGateway({ env: ONE_ATTEMPT, simulator: { campaigns: campaigns(10) } });
    gateway.simulator.addFault({ times: 3, answer: { kind: "status", status: 503 } });
    const all = campaigns(10).map(({ id }) => ({ __typename: "Campaign", id }));
    const { body } = await gateway.query(ENTITIES, { all });
    expect(body.data._entities).toEqual(Array(10).fill(null));
    expect(body.errors).toHaveLength(10);
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_UNAVAILABLE");
    expect(wire(gateway)).toHaveLength(3);
  });

  test("finds entities of several types, each in its place", async () => {
    await using gateway = await startGateway({
      simulator: {
        campaigns: [{ id: "C000", status: "Draft", tags: [{ id: "T1", name: "Sale" }] }, ...campaigns(2).slice(1)],
      },
    });
    const query = `query ($all: [_Any!]!) {
      _entities(representations: $all) { __typename ... on Campaign { id } ... on Tag { id name } }
    }`;
    const all = [
      { __typename: "Tag", id: "T1" },
      { __typename: "Campaign", id: "C001" },
      { __typename: "Tag", id: "T2" },
      { __typename: "Campaign", id: "../C000" },
      { __typename: "Campaign", id: "C000" },
      { __typename: "CampaignSendJob", id: "C000" },
    ];
    const { body } = await gateway.query(query, { all });
    expect(body.data._entities).toEqual([
      { __typename: "Tag", id: "T1", name: "Sale" },
      { __typename: "Campaign", id: "C001" },
      null,
      null,
      { __typename: "Campaign", id: "C000" },
      null,
    ]);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({ path: ["_entities", 3], extensions: { code: "BAD_USER_INPUT" } });
  });

  test("shares its calls with whatever else asks for campaigns at the same time", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: campaigns(8) } });
    const query = `query ($all: [_Any!]!) {
      a: _entities(representations: $all) { ... on Campaign { id status } }
      b: _entities(representations: $all) { ... on Campaign { id name } }
      campaign(id: "C007") { id status }
    }`;
    const all = campaigns(5).map(({ id }) => ({ __typename: "Campaign", id }));
    const { body } = await gateway.query(query, { all });
    expect(body.data.a).toEqual(all.map(({ id }) => ({ id, status: "DRAFT" })));
    expect(body.data.b).toEqual(all.map(({ id }) => ({ id, name: expect.any(String) })));
    expect(body.data.campaign).toEqual({ id: "C007", status: "DRAFT" });
    expect(wire(gateway)).toEqual(["GET /api/campaigns"]);
  });

  test("gives each representation its own error", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: campaigns(1) } });
    const all = [
      { __typename: "Campaign", id: "C000" },
      { __typename: "Nonsense", id: "C000" },
      { __typename: "Campaign" },
      {},
    ];
    const { body } = await gateway.query(ENTITIES, { all });
    expect(body.data._entities).toEqual([{ id: "C000", status: "DRAFT" }, null, null, null]);
    // Errors have no order: each is there when it is known.
    const paths = body.errors.map((error: { path: unknown[] }) => error.path.join(".")).toSorted();
    expect(paths).toEqual(["_entities.1", "_entities.2", "_entities.3"]);
  });

  test("refuses more representations than any router sends", async () => {
    await using gateway = await startGateway();
    const all = Array.from({ length: 1_001 }, (_, n) => ({ __typename: "Campaign", id: `x${n}` }));
    const { body } = await gateway.query(ENTITIES, { all });
    expect(body.errors[0].extensions).toEqual({ code: "MAX_LIST_SIZE_LIMIT", limit: 1_000, actual: 1_001 });
    expect(wire(gateway)).toEqual([]);
  });
});

test.each([
  ["an object", { toString: 1 }],
  ["a list", ["x"]],
  ["a number", 7],
  ["nothing", undefined],
])("an entity whose id is %s is bad input, and no incident", async (_name, id) => {
  await using gateway = await startGateway();
  const { body } = await gateway.query(
    `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Campaign { id } } }`,
    { all: [{ __typename: "Campaign", id }] },
  );
  expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "Campaign.id" }] });
  expect(gateway.logs.filter((line) => "incidentId" in line)).toEqual([]);
});
