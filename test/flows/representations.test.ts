import { describe, expect, test } from "@jest/globals";
import { startGateway } from "../support/gateway.js";

const QUERY =
  "query ($all: [_Any!]!) { _entities(representations: $all) { ... on Campaign { id } ... on Tag { id } } }";

/** Asks for something that is no entity between two that are, and tells what is said about it. */
async function faultOf(representation: unknown): Promise<unknown> {
  await using gateway = await startGateway({ simulator: { campaigns: [{ id: "A", status: "Draft" }] } });
  const good = { __typename: "Campaign", id: "A" };
  const { body } = await gateway.query(QUERY, { all: [good, representation, good] });
  expect(body.data._entities).toEqual([{ id: "A" }, null, { id: "A" }]);
  expect(body.errors).toHaveLength(1);
  const [{ message, path, extensions }] = body.errors;
  expect([path, extensions.code]).toEqual([["_entities", 1], "BAD_USER_INPUT"]);
  const [fault] = extensions.fields;
  expect(message).toBe(`${fault.field}: ${fault.message}`);
  return fault;
}

const ID = "an id of Klaviyo's: 1 to 64 letters, digits, hyphens and underscores.";

describe("the error of a representation says", () => {
  test.each(["Campaign", "Tag"])("that the one of %s has no id", async (type) => {
    const message = `The representation of ${type} has no id. It is the key of ${type}, which a router has to send along: ${ID}`;
    expect(await faultOf({ __typename: type })).toEqual({ field: `${type}.id`, message });
    expect(await faultOf({ __typename: type, ID: "A", campaignId: "A" })).toEqual({ field: `${type}.id`, message });
  });

  test("that its id is null, and what to send for nothing", async () => {
    const message =
      "The representation of Campaign has null for its id. A subgraph that has no Campaign to refer to must answer null in its place, not an object.";
    expect(await faultOf({ __typename: "Campaign", id: null })).toEqual({ field: "Campaign.id", message });
  });

  test.each([
    [7, "7"],
    [true, "true"],
    [{ id: "A" }, "an object"],
    [["A"], "a list"],
  ])("that its id is no text: %j", async (id, shown) => {
    const message = `The representation of Campaign has ${shown} for its id, where a text is needed: ${ID}`;
    expect(await faultOf({ __typename: "Campaign", id })).toEqual({ field: "Campaign.id", message });
  });

  test.each(["", "a b", "../lists"])("that %j cannot be an id", async (id) => {
    const message = `${JSON.stringify(id)} is not ${ID}`;
    expect(await faultOf({ __typename: "Campaign", id })).toEqual({ field: "Campaign.id", message });
  });

  const entities =
    "Campaign, CampaignSendJob, CampaignMessage, Template, Image, Tag, TagGroup, List, Segment, Metric, CampaignRecipientEstimation, CampaignRecipientEstimationJob";

  test("that it has no __typename", async () => {
    const message = `The representation has no __typename. It must name an entity of this subgraph: ${entities}.`;
    expect(await faultOf({ id: "A" })).toEqual({ field: "representations.1.__typename", message });
  });

  test.each([
    ["Product", '"Product"'],
    ["campaign", '"campaign"'],
    ["Query", '"Query"'],
    ["x".repeat(1_000), `"${"x".repeat(40)}…"`],
    [null, "null"],
    [7, "7"],
    [["Campaign"], "a list"],
  ])("that this subgraph has no entity called %j", async (__typename, shown) => {
    const message = `The representation has ${shown} for its __typename. It must name an entity of this subgraph: ${entities}.`;
    expect(await faultOf({ __typename, id: "A" })).toEqual({ field: "representations.1.__typename", message });
  });

  test.each([
    ["Campaign:A", '"Campaign:A"'],
    [7, "7"],
    [[{ __typename: "Campaign", id: "A" }], "a list"],
  ])("that %j is none", async (representation, shown) => {
    const message = `A representation must be an object with __typename and the key of an entity, not ${shown}.`;
    expect(await faultOf(representation)).toEqual({ field: "representations.1", message });
  });
});
