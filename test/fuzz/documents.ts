import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";
import type { Draw } from "./draw.js";
import { TEXTS } from "./junk.js";

const IDS = ["SENDING", "DRAFT", "MESSAGE", "NONE", ...TEXTS.slice(0, 12)];
const MOST_FIELDS = 4;
const DEEPEST = 5;

/** An operation that the schema could know: most of its fields and values are sound, some are not. */
export function documentOf(draw: Draw, schema: GraphQLSchema): string {
  const kind = draw.oneIn(3) ? "mutation" : "query";
  const root = (kind === "query" ? schema.getQueryType() : schema.getMutationType()) as GraphQLObjectType;
  return `${kind} ${selectionOf(draw, schema, root, 0)}`;
}

/** The same text with some of its words missing, repeated, exchanged or foreign. */
export function breakDocument(draw: Draw, document: string): string {
  const words = document.match(/\w+|"(?:[^"\\]|\\.)*"|\s+|[^\w\s]/g) ?? [];
  for (let left = 1 + draw.below(3); left > 0; left--) {
    const at = draw.below(words.length + 1);
    const other = words[draw.below(Math.max(1, words.length))] ?? "";
    words.splice(at, draw.below(2), ...draw.pick([[], [other], [other, other], [draw.pick(WORDS)]]));
  }
  return words.join("");
}

const WORDS = [
  "{",
  "}",
  "(",
  ")",
  "...",
  "on",
  "$x",
  "@skip",
  "@a",
  "fragment",
  "null",
  '"""',
  '"\\u{D800}"',
  "#",
  "\0",
  "&",
  "subscription",
  "__schema",
];

function selectionOf(draw: Draw, schema: GraphQLSchema, type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isAbstractType(named)) {
    const fragments = schema
      .getPossibleTypes(named)
      .map((one) => `... on ${one.name} ${selectionOf(draw, schema, one, depth)}`);
    return `{ __typename ${draw.pick(fragments)} }`;
  }
  if (!isObjectType(named)) return "";
  const fields = Object.values(named.getFields()).filter(
    (field) => depth < DEEPEST || !isObjectType(getNamedType(field.type)),
  );
  const chosen = Array.from({ length: 1 + draw.below(MOST_FIELDS) }, (_, n) => {
    if (fields.length === 0 || draw.oneIn(12)) return "__typename";
    const field = draw.pick(fields);
    const alias = draw.oneIn(4) ? `a${n}: ` : "";
    return `${alias}${field.name}${argumentsOf(draw, field.args)}${directiveOf(draw)} ${selectionOf(draw, schema, field.type, depth + 1)}`;
  });
  return `{ ${chosen.join(" ")} }`;
}

function directiveOf(draw: Draw): string {
  return draw.oneIn(10) ? draw.pick([" @skip(if: false)", " @include(if: true)", " @skip(if: null)", " @nope"]) : "";
}

function argumentsOf(draw: Draw, args: readonly GraphQLArgument[]): string {
  const given = args.filter((argument) => isRequiredArgument(argument) || draw.oneIn(3));
  return given.length === 0
    ? ""
    : `(${given.map(({ name, type }) => `${name}: ${literalOf(draw, type, 0)}`).join(", ")})`;
}

function literalOf(draw: Draw, type: GraphQLInputType, depth: number): string {
  if (draw.oneIn(15))
    return draw.pick(["null", "[]", "{}", "true", "-1", "2147483648", "1e400", '""', "NOPE", "[[null]]"]);
  if (isNonNullType(type)) return literalOf(draw, type.ofType, depth);
  if (isListType(type))
    return `[${Array.from({ length: draw.below(4) }, () => literalOf(draw, type.ofType, depth + 1)).join(", ")}]`;
  if (isEnumType(type)) return draw.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isRequiredInputField(field) || (depth < 4 && draw.oneIn(3)),
    );
    return `{ ${fields.map((field) => `${field.name}: ${literalOf(draw, field.type, depth + 1)}`).join(", ")} }`;
  }
  return scalarOf(draw, type.name);
}

function scalarOf(draw: Draw, name: string): string {
  switch (name) {
    case "ID":
      return JSON.stringify(draw.pick(IDS));
    case "Int":
      return String(draw.pick([1, 0, -1, 20, 100, 101, 2 ** 31 - 1]));
    case "Float":
      return String(draw.pick([0, 1.5, -1, 1e300]));
    case "Boolean":
      return String(draw.oneIn(2));
    default:
      return JSON.stringify(draw.pick(["2026-07-15", "2026-11-24T10:00:00Z", "news", "a@example.com", ...TEXTS]));
  }
}
