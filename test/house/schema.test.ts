import { describe, expect, test } from "@jest/globals";
import { type ASTNode, type FieldDefinitionNode, Kind, parse, visit } from "graphql";
import { printGatewaySdl } from "../../src/graph/gateway-sdl.js";
import { read } from "./repository.js";

const PATH = "schema/subgraph.graphql";
const sdl = printGatewaySdl();

describe("schema/subgraph.graphql", () => {
  test("is what the code generates now", () => {
    const isCurrent = read(PATH) === sdl;
    expect(isCurrent ? "current" : `${PATH} is out of date: run \`npm run schema\` and commit it.`).toBe("current");
  });

  test("describes every element of the schema", () => {
    expect(undescribedIn(sdl)).toEqual([]);
  });

  test("would be found out if it described less", () => {
    const bare = "type A { b(c: Int): D } enum D { E } input F { g: Int } scalar H interface I { j: Int } union K = A";
    const names = ["A", "A.b", "A.b.c", "D", "D.E", "F", "F.g", "H", "I", "I.j", "K"];
    expect(undescribedIn(bare)).toEqual(names);
    expect(undescribedIn('" " scalar H')).toEqual(["H"]);
  });

  test("links Federation v2.9, the highest version that every composer accepts", () => {
    expect(sdl).toContain('@link(url: "https://specs.apollo.dev/federation/v2.9"');
  });

  test("takes the arguments of cancelCampaignSend as (id, revision, action), all required", () => {
    const cancel = fieldOf("Mutation", "cancelCampaignSend");
    expect(cancel.arguments?.map(({ name }) => name.value)).toEqual(["id", "revision", "action"]);
    expect(cancel.arguments?.map(({ type }) => type.kind)).toEqual(Array(3).fill(Kind.NON_NULL_TYPE));
  });
});

/** Dotted names of what has no description. The SDL holds our own types alone: federation adds its own when it is executed. */
function undescribedIn(source: string): readonly string[] {
  const path: string[] = [];
  const missing: string[] = [];
  visit(parse(source), {
    enter(node) {
      const name = nameOfDescribable(node);
      if (name === undefined) return;
      path.push(name);
      if (!("description" in node) || !node.description?.value.trim()) missing.push(path.join("."));
    },
    leave(node) {
      if (nameOfDescribable(node) !== undefined) path.pop();
    },
  });
  return missing;
}

/** `schema` itself has no name and names nothing new. */
function nameOfDescribable(node: ASTNode): string | undefined {
  return node.kind.endsWith("Definition") && "name" in node && node.kind !== Kind.OPERATION_DEFINITION
    ? node.name?.value
    : undefined;
}

function fieldOf(typeName: string, fieldName: string): FieldDefinitionNode {
  const type = parse(sdl).definitions.find(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === typeName,
  );
  const fields = type?.kind === Kind.OBJECT_TYPE_DEFINITION ? (type.fields ?? []) : [];
  const field = fields.find(({ name }) => name.value === fieldName);
  if (!field) throw new Error(`The schema has no ${typeName}.${fieldName}.`);
  return field;
}
