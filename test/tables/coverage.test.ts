import { describe, expect, test } from "@jest/globals";
import { isInterfaceType, isObjectType } from "graphql";
import { OPERATIONS } from "../../src/klaviyo/operations.js";
import { describeIfDocument } from "../simulator/openapi-document.js";
import { OpenApiRequestChecker } from "../simulator/openapi-requests.js";
import { readOperation, startWithExamples, VARIABLES } from "../suites/operation-examples.js";
import { answer } from "../support/answers.js";
import { ID } from "../support/cancel.js";
import { OpenApiSchemas } from "../support/openapi-schema.js";
import { buildPlainSchema } from "../support/plain-schema.js";
import { ATTRIBUTE_COVERAGE } from "./attribute-coverage.js";
import { isOmission } from "./coverage.js";
import { coveragePage } from "./coverage-page.js";
import { documentedMembers } from "./documented-members.js";
import { OPERATION_COVERAGE, type OperationCoverage } from "./operation-coverage.js";
import { pageAndExpected } from "./page.js";

const ATTRIBUTES = {
  name: "Sale",
  status: "Draft",
  archived: false,
  audiences: { included: [] },
  send_options: {},
  send_strategy: { method: "immediate" },
  created_at: "2026-11-01T00:00:00+00:00",
  updated_at: "2026-11-01T00:00:00+00:00",
};

/** Without a word on what it is linked with. */
const BARE_CAMPAIGN = { type: "campaign", id: ID, attributes: ATTRIBUTES };

const SCHEMA = buildPlainSchema();

const REACHED = Object.entries(OPERATION_COVERAGE).flatMap(([name, coverage]): [string, OperationCoverage][] =>
  isOmission(coverage) ? [] : [[name, coverage]],
);

const COORDINATES = Object.values(ATTRIBUTE_COVERAGE)
  .flatMap((members) => Object.values(members))
  .flatMap((coverage) => (isOmission(coverage) ? [] : coverage));

describe("the coverage of Klaviyo's API", () => {
  test("names fields and types that are in the schema", () => {
    const named = [...COORDINATES, ...REACHED.flatMap(([, { fields }]) => fields)];
    expect(named.filter((coordinate) => !isInSchema(coordinate))).toEqual([]);
  });

  test("has something for every operation that the gateway declares", () => {
    const shown = REACHED.filter(([, { instead }]) => !instead).map(([name]) => name);
    expect(Object.values(OPERATIONS).filter(({ name }) => !shown.includes(name))).toEqual([]);
  });

  test("says why, where something is left out", () => {
    const all = [...Object.values(OPERATION_COVERAGE), ...Object.values(ATTRIBUTE_COVERAGE).flatMap(Object.values)];
    const reasons = all.filter((coverage) => isOmission(coverage)).map(({ omitted }) => omitted);
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter((reason) => !/^[A-Z].{10,}\.$/.test(reason))).toEqual([]);
  });
});

describeIfDocument("the coverage of Klaviyo's API, against its OpenAPI document", () => {
  test("has every operation, and none that is gone", () => {
    const documented = new OpenApiSchemas().operations.map(({ operationId }) => operationId);
    expect(Object.keys(OPERATION_COVERAGE).toSorted()).toEqual(documented.toSorted());
  });

  test("has every member of every resource, and none that is gone", () => {
    const documented = documentedMembers(new OpenApiSchemas());
    expect(
      sortedMembers(Object.entries(ATTRIBUTE_COVERAGE).map(([part, members]) => [part, Object.keys(members)])),
    ).toEqual(sortedMembers([...documented]));
  });

  test("is what docs/coverage.md says: `npm run tables` writes it", () => {
    const [page, expected] = pageAndExpected("docs/coverage.md", coveragePage());
    expect(page).toBe(expected);
  });

  test.each(REACHED)("%s is seen on the wire", async (name, { shownBy, instead, isFallback }) => {
    await using gateway = await startWithExamples();
    const document = shownBy.endsWith(".graphql") ? readOperation(shownBy) : shownBy;
    gateway.simulator.clearRequests();
    if (isFallback) answer(gateway, `/api/campaigns/${ID}`, { data: BARE_CAMPAIGN });
    const { body } = await gateway.query(document, VARIABLES[shownBy]);
    expect(body.errors).toBeUndefined();
    const checker = new OpenApiRequestChecker();
    const seen = gateway.simulator.requests.filter(
      (request) =>
        checker.operationOf(request) === (instead?.operation ?? name) &&
        (!instead || includesIn(request.query).includes(instead.include)),
    );
    expect(seen).not.toEqual([]);
  });
});

function isInSchema(coordinate: string): boolean {
  const [typeName = "", fieldName] = coordinate.split(".");
  const type = SCHEMA.getType(typeName);
  if (fieldName === undefined) return isObjectType(type) || isInterfaceType(type);
  return (isObjectType(type) || isInterfaceType(type)) && fieldName in type.getFields();
}

function includesIn(query: string): readonly string[] {
  return new URLSearchParams(query).get("include")?.split(",") ?? [];
}

function sortedMembers(entries: readonly (readonly [string, readonly string[]])[]): readonly string[] {
  return entries.flatMap(([part, members]) => members.map((member) => `${part}.${member}`)).toSorted();
}
