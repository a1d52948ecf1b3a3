import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startWithExamples } from "../suites/operation-examples.js";
import { ID } from "../support/cancel.js";
import { aliasOf, fullField, leadsToEntity, ROOM_FOR_FULL_SELECTIONS } from "../support/full-selection.js";
import type { TestGateway } from "../support/gateway.js";
import { buildPlainSchema } from "../support/plain-schema.js";
import { ATTRIBUTE_COVERAGE } from "./attribute-coverage.js";
import { isOmission } from "./coverage.js";

const SCHEMA = buildPlainSchema();

/** One of each, in the account of the example operations. */
const IDS: Readonly<Record<string, string>> = {
  campaign: ID,
  "campaign-message": "MESSAGE",
  "campaign-send-job": ID,
  "campaign-recipient-estimation": ID,
  "campaign-recipient-estimation-job": ID,
  tag: "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01",
  "tag-group": "1b7c9a52-4f4d-4b1e-8f6a-2d8c5e7f9a01",
  list: "Y6nRLr",
  segment: "VbM7aD",
  template: "RipRmi",
  image: "7",
  metric: "RESQ6t",
};

const OWN = Object.keys(IDS).flatMap((type) =>
  Object.entries(ATTRIBUTE_COVERAGE[type] ?? {}).flatMap(([attribute, coverage]) => {
    const coordinates = attribute === "id" || isOmission(coverage) ? [] : [coverage].flat();
    return coordinates
      .filter((coordinate) => !leadsToEntity(SCHEMA, coordinate))
      .map((coordinate) => [coordinate, type, attribute] as const);
  }),
);

/** Fields of a message that look into its definition. */
const INNER = ["channel", "channelText", "label"].map(
  (field) => [`CampaignMessage.${field}`, "campaign-message", "definition"] as const,
);

describe("a field that is selected alone", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startWithExamples(ROOM_FOR_FULL_SELECTIONS);
  });
  afterAll(() => gateway.close());

  test.each([...OWN, ...INNER])("%s is answered, and asks for %s.%s", async (coordinate, type, attribute) => {
    gateway.simulator.clearRequests();
    const [typename = ""] = coordinate.split(".");
    const { body } = await gateway.query(
      `query ($entity: _Any!) { _entities(representations: [$entity]) { ... on ${typename} { ${fullField(SCHEMA, coordinate)} } } }`,
      { entity: { __typename: typename, id: IDS[type] } },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data._entities[0]).toHaveProperty(aliasOf(coordinate));
    // A send job has one attribute, which is never left out.
    if (type !== "campaign-send-job") expect(fieldsAskedFor(gateway, type)).toContain(attribute);
  });
});

function fieldsAskedFor({ simulator }: TestGateway, type: string): readonly string[] {
  return simulator.requests.flatMap(({ query }) => {
    const parameters = new URLSearchParams(query);
    const lists = [parameters.get(`fields[${type}]`), parameters.get(`additional-fields[${type}]`)];
    return lists.flatMap((list) => list?.split(",") ?? []);
  });
}
