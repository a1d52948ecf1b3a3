import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import {
  buildSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { printGatewaySdl } from "../../src/graph/gateway-sdl.js";
import type { SeedCampaign } from "../../src/simulator/simulator.js";
import { ID } from "../support/cancel.js";
import { startGateway } from "../support/gateway.js";

const DIRECTORY = "schema/operations";

/** What each operation is run with. */
const VARIABLES: Readonly<Record<string, object>> = {
  "assign-template-to-campaign-message.graphql": { id: "DRAFTMESSAGE", templateId: "RipRmi" },
  "campaign.graphql": { id: ID },
  "campaigns.graphql": { channel: "EMAIL" },
  "campaigns-of-channels.graphql": { channels: ["EMAIL", "SMS"] },
  "campaign-message.graphql": { id: "MESSAGE" },
  "campaign-recipient-estimation.graphql": { id: ID },
  "campaign-statistics.graphql": { conversionMetricId: "RESQ6t", timeframe: { key: "LAST_30_DAYS" } },
  "campaign-send-job.graphql": { id: ID },
  "cancel-campaign-send.graphql": { id: ID, revision: "2026-07-15", action: "CANCEL" },
  "clone-campaign.graphql": { id: ID, name: "Once more" },
  "create-campaign.graphql": {
    input: {
      name: "News",
      audiences: { included: ["Y6nRLr"] },
      messages: [
        { email: { label: "News", content: { subject: "News", fromEmail: "shop@example.com", fromLabel: "Shop" } } },
      ],
    },
  },
  "delete-campaign.graphql": { id: "DRAFT" },
  "image.graphql": { id: "7" },
  "list.graphql": { id: "Y6nRLr" },
  "metric.graphql": { id: "RESQ6t" },
  "metrics.graphql": {},
  "refresh-campaign-recipient-estimation.graphql": { id: "DRAFT" },
  "segment.graphql": { id: "VbM7aD" },
  "send-campaign.graphql": { id: "DRAFT" },
  "tag.graphql": { id: "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01" },
  "tag-group.graphql": { id: "1b7c9a52-4f4d-4b1e-8f6a-2d8c5e7f9a02" },
  "tag-groups.graphql": {},
  "tags.graphql": {},
  "template.graphql": { id: "RipRmi" },
  "update-campaign.graphql": { id: "DRAFT", input: { name: "Newer news" } },
  "update-campaign-message.graphql": { id: "DRAFTMESSAGE", input: { email: { label: "Newer news" } } },
  "update-campaign-message-image.graphql": { id: "TEXTMESSAGE", imageId: "7" },
};

const CAMPAIGNS: readonly SeedCampaign[] = [
  { id: ID, status: "Sending", messages: [{ id: "MESSAGE" }] },
  { id: "DRAFT", status: "Draft", messages: [{ id: "DRAFTMESSAGE" }] },
  { id: "TEXT", status: "Draft", channel: "sms", messages: [{ id: "TEXTMESSAGE" }] },
];

const FILES = readdirSync(DIRECTORY).toSorted();
const DIRECTIVES =
  "directive @key(fields: String!) on OBJECT directive @shareable on OBJECT directive @cost(weight: Int!) on FIELD_DEFINITION " +
  "directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT " +
  "directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION";
const SCHEMA = buildSchema(`${DIRECTIVES} ${printGatewaySdl().replace(/^extend schema @link\(.*\)$/m, "")}`);

function read(file: string): string {
  return readFileSync(join(DIRECTORY, file), "utf8");
}

/** The fields of an operation as `Type.field`. */
function fieldsOf(document: string): string[] {
  const info = new TypeInfo(SCHEMA);
  const fields: string[] = [];
  visit(
    parse(document),
    visitWithTypeInfo(info, { Field: (node) => void fields.push(`${info.getParentType()?.name}.${node.name.value}`) }),
  );
  return fields;
}

describe.each(FILES)("%s", (file) => {
  test("fits the schema", () => {
    expect(validate(SCHEMA, parse(read(file)))).toEqual([]);
  });

  test("is answered with data for every field, and without errors", async () => {
    await using gateway = await startGateway({
      simulator: { campaigns: CAMPAIGNS },
    });
    await startEstimation(gateway.simulatorUrl);
    const { status, body } = await gateway.query(read(file), VARIABLES[file]);
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    for (const value of Object.values<{ problem?: object | null } | null>(body.data)) {
      expect(value).not.toBeNull();
      expect(value?.problem ?? null).toBeNull();
    }
  });
});

test("there is an operation for every field of the root types", () => {
  const used = new Set(FILES.flatMap((file) => fieldsOf(read(file))));
  const roots = [SCHEMA.getQueryType(), SCHEMA.getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
  );
  expect(roots.filter((field) => !used.has(field))).toEqual([]);
});

test("between them the operations use every plain field of every type", () => {
  const used = new Set(FILES.flatMap((file) => fieldsOf(read(file))));
  const unused = Object.values(SCHEMA.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith("__"))
    .flatMap((type) => {
      // A field may be used through an interface that has it.
      const names = [type, ...type.getInterfaces()].map(({ name }) => name);
      const plain = Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)));
      return plain
        .filter((field) => !names.some((name) => used.has(`${name}.${field.name}`)))
        .map((field) => `${type.name}.${field.name}`);
    });
  expect(unused).toEqual([]);
});

/** So that there is a job to ask for. */
async function startEstimation(simulatorUrl: string): Promise<void> {
  const response = await fetch(`${simulatorUrl}/api/campaign-recipient-estimation-jobs`, {
    method: "POST",
    headers: {
      authorization: "Klaviyo-API-Key pk_test",
      revision: "2026-07-15",
      "content-type": "application/vnd.api+json",
    },
    body: JSON.stringify({ data: { type: "campaign-recipient-estimation-job", id: ID } }),
  });
  expect(response.status).toBe(202);
}
