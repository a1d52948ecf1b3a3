import { describe, expect, test } from "@jest/globals";
import { answer, queriesTo, refuse } from "../support/answers.js";
import { wire } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";

describe("list", () => {
  const ATTRIBUTES = {
    name: "Newsletter",
    created: "2022-11-08T00:00:00+00:00",
    updated: "2022-11-09T00:00:00+00:00",
    opt_in_process: "double_opt_in",
  };

  test("has every field of the schema, from one call that asks for just these", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/lists", { data: [{ type: "list", id: "L1", attributes: ATTRIBUTES }] });
    const { body } = await gateway.query(
      `{ list(id: "L1") { id name optInProcess optInProcessText createdAt updatedAt } }`,
    );
    expect(body).toEqual({
      data: {
        list: {
          id: "L1",
          name: "Newsletter",
          optInProcess: "DOUBLE_OPT_IN",
          optInProcessText: "double_opt_in",
          createdAt: "2022-11-08T00:00:00.000Z",
          updatedAt: "2022-11-09T00:00:00.000Z",
        },
      },
    });
    expect(queriesTo(gateway, "/api/lists")).toEqual([
      'filter=any(id,["L1"])&fields[list]=created,name,opt_in_process,updated&page[size]=10',
    ]);
  });

  test("knows an opt-in process of tomorrow by its wording, and does not miss what Klaviyo leaves out", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/lists", {
      data: [
        { type: "list", id: "L1", attributes: { name: null, opt_in_process: "triple_opt_in" } },
        { type: "list", id: "L2", attributes: {} },
      ],
    });
    const { body } = await gateway.query(`{
      a: list(id: "L1") { ...L }
      b: list(id: "L2") { ...L }
    } fragment L on List { name optInProcess optInProcessText createdAt }`);
    expect(body.data).toEqual({
      a: { name: null, optInProcess: "UNRECOGNIZED", optInProcessText: "triple_opt_in", createdAt: null },
      b: { name: null, optInProcess: null, optInProcessText: null, createdAt: null },
    });
    expect(wire(gateway)).toEqual(["GET /api/lists"]);
  });

  test("is null when Klaviyo has none", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/lists", { data: [] });
    const { body } = await gateway.query(`{ list(id: "gone") { id } }`);
    expect(body).toEqual({ data: { list: null } });
  });

  test("refuses an id that cannot be one before any call", async () => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(`{ list(id: "a\\"]),x") { id } segment(id: "..") { id } }`);
    expect(body.data).toEqual({ list: null, segment: null });
    expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
    expect(wire(gateway)).toEqual([]);
  });

  test("counts its profiles by a call of its own, whose failure costs the count alone", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/lists", { data: [{ type: "list", id: "L1", attributes: ATTRIBUTES }] });
    answer(gateway, "/api/lists/L1", { data: { type: "list", id: "L1", attributes: { profile_count: 12_345 } } }, 1);
    refuse(gateway, "/api/lists/L1", 429);
    const query = `{ list(id: "L1") { name profileCount again: profileCount } }`;
    const first = await gateway.query(query);
    expect(first.body).toEqual({ data: { list: { name: "Newsletter", profileCount: 12_345, again: 12_345 } } });
    expect(queriesTo(gateway, "/api/lists/L1")).toEqual([
      "fields[list]=profile_count&additional-fields[list]=profile_count",
    ]);
    const second = await gateway.query(query);
    expect(second.body.data).toEqual({ list: { name: "Newsletter", profileCount: null, again: null } });
    expect(second.body.errors[0].extensions).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 1_000 });
  });
});

describe("segment", () => {
  test("has every field of the schema, from one call that asks for just these", async () => {
    await using gateway = await startGateway();
    const attributes = {
      name: "Repeat purchasers",
      created: "2022-11-08T00:00:00+00:00",
      updated: null,
      is_active: true,
      is_processing: false,
      is_starred: true,
    };
    answer(gateway, "/api/segments", { data: [{ type: "segment", id: "S1", attributes }] });
    answer(gateway, "/api/segments/S1", { data: { type: "segment", id: "S1", attributes: { profile_count: 7 } } });
    const { body } = await gateway.query(
      `{ segment(id: "S1") { id name isActive isProcessing isStarred createdAt updatedAt profileCount } }`,
    );
    expect(body).toEqual({
      data: {
        segment: {
          id: "S1",
          name: "Repeat purchasers",
          isActive: true,
          isProcessing: false,
          isStarred: true,
          createdAt: "2022-11-08T00:00:00.000Z",
          updatedAt: null,
          profileCount: 7,
        },
      },
    });
    expect(queriesTo(gateway, "/api/segments")).toEqual([
      'filter=any(id,["S1"])&fields[segment]=created,is_active,is_processing,is_starred,name,updated&page[size]=10',
    ]);
    expect(queriesTo(gateway, "/api/segments/S1")).toEqual([
      "fields[segment]=profile_count&additional-fields[segment]=profile_count",
    ]);
  });

  test("says what the key lacks where it may not be read, and leaves the rest of the answer", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/lists", { data: [{ type: "list", id: "L1", attributes: { name: "A" } }] });
    refuse(gateway, "/api/segments", 403);
    const { body } = await gateway.query(`{ segment(id: "S1") { name } list(id: "L1") { name } }`);
    expect(body.data).toEqual({ segment: null, list: { name: "A" } });
    expect(body.errors).toMatchObject([{ path: ["segment"], extensions: { code: "FORBIDDEN" } }]);
    expect(body.errors[0].message).toContain("segments:read");
  });
});

describe("_entities", () => {
  test("reads lists and segments ten a call, each once, in order", async () => {
    await using gateway = await startGateway();
    const ids = Array.from({ length: 11 }, (_, n) => `L${n}`);
    answer(gateway, "/api/lists", { data: ids.map((id) => ({ type: "list", id, attributes: { name: id } })) });
    answer(gateway, "/api/segments", { data: [{ type: "segment", id: "S1", attributes: { is_starred: false } }] });
    const all = [
      ...ids.map((id) => ({ __typename: "List", id })),
      { __typename: "Segment", id: "S1" },
      { __typename: "Segment", id: "gone" },
      { __typename: "List", id: "L0" },
    ];
    const { body } = await gateway.query(
      `query ($all: [_Any!]!) {
        _entities(representations: $all) { __typename ... on List { name } ... on Segment { id isStarred } }
      }`,
      { all },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data._entities).toEqual([
      ...ids.map((name) => ({ __typename: "List", name })),
      { __typename: "Segment", id: "S1", isStarred: false },
      null,
      { __typename: "List", name: "L0" },
    ]);
    expect(wire(gateway).toSorted()).toEqual(["GET /api/lists", "GET /api/lists", "GET /api/segments"]);
    expect(queriesTo(gateway, "/api/segments")).toEqual([
      'filter=any(id,["S1","gone"])&fields[segment]=is_starred&page[size]=10',
    ]);
  });
});

describe("a batch of ids that Klaviyo answers on several pages", () => {
  const LISTS = `query ($all: [_Any!]!) { _entities(representations: $all) { ... on List { name } } }`;
  const representations = (ids: readonly string[]) => ({ all: ids.map((id) => ({ __typename: "List", id })) });
  const pageOf = (ids: readonly string[], next?: string) => ({
    data: ids.map((id) => ({ type: "list", id, attributes: { name: id } })),
    ...(next !== undefined && { links: { next: `https://a.klaviyo.com/api/lists?page[cursor]=${next}` } }),
  });
  const cursorsTo = (gateway: TestGateway) =>
    queriesTo(gateway, "/api/lists").map((query) => new URLSearchParams(query).get("page[cursor]"));

  test("is read to its end before anything is called gone", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/lists", pageOf(["L1"], "c2"), 1);
    answer(gateway, "/api/lists", pageOf(["L2"], "c3"), 1);
    answer(gateway, "/api/lists", pageOf([]), 1);
    const { body } = await gateway.query(LISTS, representations(["L1", "L2", "gone"]));
    expect(body).toEqual({ data: { _entities: [{ name: "L1" }, { name: "L2" }, null] } });
    expect(cursorsTo(gateway)).toEqual([null, "c2", "c3"]);
  });

  test("is read no further than everything is found", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/lists", pageOf(["L1", "L2"], "c2"));
    const { body } = await gateway.query(LISTS, representations(["L1", "L2"]));
    expect(body).toEqual({ data: { _entities: [{ name: "L1" }, { name: "L2" }] } });
    expect(cursorsTo(gateway)).toEqual([null]);
  });

  test("that does not end has an error for what was not seen, and nothing else", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/lists", pageOf(["L1"], "again"));
    const { body } = await gateway.query(LISTS, representations(["L1", "L2"]));
    expect(body.data).toEqual({ _entities: [{ name: "L1" }, null] });
    expect(body.errors).toMatchObject([{ path: ["_entities", 1], extensions: { code: "UPSTREAM_INVALID_RESPONSE" } }]);
    expect(cursorsTo(gateway)).toEqual([null, "again"]);
  });

  test("costs the rest alone where a later page fails", async () => {
    await using gateway = await startGateway({ env: { KLAVIYO_READ_ATTEMPTS: "1" } });
    answer(gateway, "/api/lists", pageOf(["L1"], "c2"), 1);
    refuse(gateway, "/api/lists", 503);
    const { body } = await gateway.query(LISTS, representations(["L1", "L2"]));
    expect(body.data).toEqual({ _entities: [{ name: "L1" }, null] });
    expect(body.errors).toMatchObject([{ path: ["_entities", 1], extensions: { code: "UPSTREAM_UNAVAILABLE" } }]);
  });
});
