import fc from "fast-check";
import {
  buildSchema,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from "graphql";
import { rememberRootResults } from "../../src/compiled/root-results.js";
import { settleLists } from "../../src/graph/settle-lists.js";

const SDL = `
  type Query { thing(id: ID!, size: Int = 3): Thing  need: Thing!  things: [Thing!]  grid: [[Int!]]  any: Any  anys: [Any!]!  face: Face }
  type Mutation { first(id: ID!): Thing  second: Thing!  third: Int }
  interface Face { id: ID!  label: String }
  type Thing implements Face { id: ID!  label: String  color: Color  colors: [Color!]  count: Int!  rate: Float  isOn: Boolean
    time: Moment  friend(name: String): Thing  friends: [Thing]  other: Any }
  type Place implements Face { id: ID!  label: String  size: Int }
  union Any = Thing | Place
  enum Color { RED GREEN }
  scalar Moment
`;

/**
 * A schema whose fields do what a seed says, the same each time it is made.
 * @param troubles 0 to 1: how often a value is not of its type, or a resolver fails
 * @param calls is given which root fields are resolved
 */
export function randomSchema(seed: number, troubles: number, calls: string[] = []): GraphQLSchema {
  const schema = buildSchema(SDL);
  const random = seededRandom(seed);
  const moment = schema.getType("Moment");
  if (isScalarType(moment)) moment.serialize = (value) => (value === "broken" ? undefined : value);
  const color = schema.getType("Color");
  if (isEnumType(color)) for (const value of color.getValues()) value.value = value.name.toLowerCase();
  const make = (type: GraphQLOutputType, depth: number): unknown => {
    if (random() < troubles) return [null, undefined, "odd", 3, {}, [], new Error("odd")][Math.floor(random() * 7)];
    if (isNonNullType(type)) return make(type.ofType, depth);
    if (random() < 0.1) return null;
    if (isListType(type)) {
      const items = Array.from({ length: Math.floor(random() * 3) }, () => make(type.ofType, depth + 1));
      return random() < 0.2 ? items.map((item) => Promise.resolve(item)) : items;
    }
    if (isEnumType(type)) return random() < 0.5 ? "red" : "green";
    if (isScalarType(type)) return scalar(type.name, random);
    const named = getNamedType(type);
    const object = isAbstractType(named) ? schema.getPossibleTypes(named)[Math.floor(random() * 2)] : named;
    return isObjectType(object) && depth < 4 ? instance(object, depth + 1) : null;
  };
  const instance = (type: GraphQLObjectType, depth: number): object => {
    const made: Record<string, unknown> = { __typename: type.name };
    for (const field of Object.values(type.getFields()))
      if (!RESOLVED.has(field.name)) made[field.name] = make(field.type, depth);
    return made;
  };
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getType("Thing")]) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (type.name === "Thing" && !RESOLVED.has(field.name)) continue;
      const made = make(field.type, type.name === "Thing" ? 3 : 0);
      const how = random();
      field.resolve = (_source, args) => {
        if (type.name !== "Thing") calls.push(`${field.name} ${JSON.stringify(args)}`);
        if (how < troubles) throw new Error(`${field.name} throws`);
        if (how < 2 * troubles) return Promise.reject(new Error(`${field.name} rejects`));
        return how < 0.6 ? Promise.resolve(made) : made;
      };
    }
  }
  rememberRootResults(schema);
  // Without it, graphql-js lets go of rejections, which would end the test's process.
  settleLists(schema);
  return schema;
}

const RESOLVED: ReadonlySet<string> = new Set(["friend", "friends", "other"]);

function scalar(name: string, random: () => number): unknown {
  switch (name) {
    case "Int":
      return Math.floor(random() * 10) - 5;
    case "Float":
      return random();
    case "Boolean":
      return random() < 0.5;
    case "Moment":
      return random() < 0.1 ? "broken" : new Date(1e12);
    default:
      return `text "${Math.floor(random() * 1e6)}" é`;
  }
}

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the constants of Numerical Recipes. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const CONDITION = fc.constantFrom(
  "",
  "",
  "",
  " @include(if: $yes)",
  " @skip(if: $yes)",
  " @include(if: $no)",
  " @skip(if: false)",
);
const ALIAS = fc.constantFrom("", "", "", "x: ", "id: ", "__proto__: ");

/** Selections on a type of the schema above, fragments and conditions included. */
function selection(type: "Thing" | "Place" | "Any" | "Face", depth: number): fc.Arbitrary<string> {
  const leaves = {
    Thing: ["id", "label", "color", "colors", "count", "rate", "isOn", "time"],
    Place: ["id", "label", "size"],
    Any: [],
    Face: ["id", "label"],
  };
  const plain = fc.constantFrom("__typename", ...leaves[type]);
  const below = (name: string, inner: "Thing" | "Any") => selection(inner, depth - 1).map((set) => `${name} ${set}`);
  const nested =
    type === "Thing" && depth > 0
      ? [below("friend(name: $name)", "Thing"), below("friends", "Thing"), below("other", "Any")]
      : [];
  const fragments =
    depth > 0
      ? [
          ...(type === "Place" ? [] : [selection("Thing", depth - 1).map((set) => `... on Thing ${set}`)]),
          ...(type === "Thing"
            ? [fc.constant("...OfThing")]
            : [selection("Place", 0).map((set) => `... on Place ${set}`)]),
        ]
      : [];
  const field = fc.tuple(ALIAS, fc.oneof(plain, ...nested), CONDITION).map(([alias, text, condition]) => {
    const at = text.indexOf(" {");
    return at < 0 ? `${alias}${text}${condition}` : `${alias}${text.slice(0, at)}${condition}${text.slice(at)}`;
  });
  return fc
    .array(fc.oneof(field, ...fragments), { minLength: 1, maxLength: 5 })
    .map((fields) => `{ ${fields.join(" ")} }`);
}

const on = (name: string, type: "Thing" | "Any" | "Face") => selection(type, 2).map((set) => `${name} ${set}`);
const QUERY_FIELD = fc.oneof(
  on("thing(id: $id)", "Thing"),
  on("need", "Thing"),
  on("things", "Thing"),
  fc.constant("grid"),
  on("any", "Any"),
  on("anys", "Any"),
  on("face", "Face"),
);
const MUTATION_FIELD = fc.oneof(on("first(id: $id)", "Thing"), on("second", "Thing"), fc.constant("third"));
const HEAD = "($id: ID!, $name: String, $yes: Boolean!, $no: Boolean = false)";
const FRAGMENT = "fragment OfThing on Thing { label count time friends { id } }";

/** Documents with one operation; some of them are not valid. */
export const DOCUMENTS = fc
  .tuple(
    fc.constantFrom("query", "mutation"),
    fc.array(fc.tuple(QUERY_FIELD, MUTATION_FIELD), { minLength: 1, maxLength: 3 }),
  )
  .map(([kind, fields]) => {
    const roots = fields.map(([query, mutation], index) => `r${index}: ${kind === "query" ? query : mutation}`);
    return `${kind} Random${HEAD} { ${roots.join(" ")} } ${FRAGMENT}`;
  });
