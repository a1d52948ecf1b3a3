import { describe, expect, test } from "@jest/globals";
import { queriesTo } from "../support/answers.js";
import { wire } from "../support/cancel.js";
import { API_KEY, startGateway } from "../support/gateway.js";

const METRICS = "/api/metrics";
/** More than a page of them, so that their list has a cursor. */
const GROUPS = Array.from({ length: 26 }, (_, n) => ({ id: `G${n}`, name: `Group ${n}` }));

const MANY = Array.from({ length: 201 }, (_, n) => ({ id: `M${n}`, name: `Metric ${n}` }));

describe("metrics", () => {
  test("lists what can count as a conversion, with nothing but what is selected", async () => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(`{ metrics { nodes { id name integrationName } endCursor } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data.metrics.nodes).toContainEqual({ id: "RESQ6t", name: "Placed Order", integrationName: "Shopify" });
    expect(body.data.metrics.endCursor).toBeNull();
    expect(queriesTo(gateway, METRICS)).toEqual(["fields[metric]=integration,name"]);
  });

  test("leads from page to page, a call each, and finds every metric once", async () => {
    await using gateway = await startGateway({ simulator: { account: { metrics: MANY } } });
    const page = `query ($after: String) { metrics(after: $after) { nodes { id } endCursor } }`;
    const first = (await gateway.query(page)).body.data.metrics;
    const second = (await gateway.query(page, { after: first.endCursor })).body.data.metrics;
    const ids = [...first.nodes, ...second.nodes].map(({ id }: { id: string }) => id);
    expect(ids.toSorted()).toEqual(MANY.map(({ id }) => id).toSorted());
    expect(second).toMatchObject({ nodes: [{}], endCursor: null });
    expect(queriesTo(gateway, METRICS)).toHaveLength(2);
  });

  test("goes on after no cursor but its own, and says so before any call", async () => {
    await using gateway = await startGateway({ simulator: { account: { tagGroups: GROUPS } } });
    const { endCursor } = (await gateway.query(`{ tagGroups { endCursor } }`)).body.data.tagGroups;
    for (const after of ["", "nonsense", "x".repeat(3_000), endCursor]) {
      const { body } = await gateway.query(`query ($after: String) { metrics(after: $after) { endCursor } }`, {
        after,
      });
      expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "after" }] });
    }
    expect(wire(gateway)).toEqual(["GET /api/tag-groups"]);
  });

  test("names the scope that the key lacks", async () => {
    await using gateway = await startGateway({ simulator: { apiKeys: { [API_KEY]: ["campaigns:read"] } } });
    const { body } = await gateway.query(`{ metrics { nodes { id } } }`);
    expect(body.errors[0].extensions.code).toBe("FORBIDDEN");
    expect(body.errors[0].message).toContain("metrics:read");
  });
});

describe("metric", () => {
  test("is one by its id, or null; several cost a call each, and equal ones one", async () => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(
      `{ a: metric(id: "RESQ6t") { name } again: metric(id: "RESQ6t") { createdAt } gone: metric(id: "NONE") { name } }`,
    );
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({
      a: { name: "Placed Order" },
      again: { createdAt: expect.any(String) },
      gone: null,
    });
    expect(wire(gateway).toSorted()).toEqual([`GET ${METRICS}/NONE`, `GET ${METRICS}/RESQ6t`]);
  });

  test("without an integration has none", async () => {
    await using gateway = await startGateway({ simulator: { account: { metrics: [{ id: "OWN" }] } } });
    const { body } = await gateway.query(`{ metric(id: "OWN") { integrationName } }`);
    expect(body).toEqual({ data: { metric: { integrationName: null } } });
  });

  test("is an entity of the supergraph", async () => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(
      `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Metric { name } } }`,
      {
        all: [
          { __typename: "Metric", id: "RESQ6t" },
          { __typename: "Metric", id: "NONE" },
        ],
      },
    );
    expect(body).toEqual({ data: { _entities: [{ name: "Placed Order" }, null] } });
  });
});
