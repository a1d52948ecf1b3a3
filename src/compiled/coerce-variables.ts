import {
  getVariableValues,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLScalarType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isNamedType,
  isNullableType,
  isScalarType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from "graphql";
import { isRecord } from "../json/is-record.js";
import { LEAF_TESTS } from "./leaf-tests.js";

export type Values = Readonly<Record<string, unknown>>;

/** @returns the variables coerced; undefined where something is wrong with them: graphql-js says what */
export type CoerceVariables = (given: Values) => Values | undefined;

/** What a value becomes, or {@link UNSURE}. */
type Coerce = (value: unknown) => unknown;

/** The value may be good or not: that is for graphql-js to find out. */
const UNSURE = Symbol("unsure");

/** One variable of an operation, or one field of an input object. */
interface PreparedValue {
  readonly name: string;
  readonly coerce: Coerce;
  /** Whether it may be missing without a word. Where it has a default, graphql-js puts that in. */
  readonly mayBeMissing: boolean;
}

/**
 * Prepares an operation's variables to be coerced. graphql-js walks through their types anew each time; what is of its type already, as
 * nearly all values are, is told in fewer steps. On all else graphql-js is asked, so that there is one opinion on what is good.
 */
export function prepareVariables(schema: GraphQLSchema, operation: OperationDefinitionNode): CoerceVariables {
  const definitions = operation.variableDefinitions ?? [];
  // One fault is enough to know: each is told with all that was sent, and who sends much may send as many.
  const carefully = (given: Values) => getVariableValues(schema, definitions, given, { maxErrors: 0 }).coerced;
  const prepared = definitions.map((definition) => prepareVariable(schema, definition));
  // Only objects without a prototype have that for an ordinary key.
  if (prepared.some(({ name }) => name === "__proto__")) return carefully;
  return (given) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, coerce, mayBeMissing } of prepared) {
      if (!Object.hasOwn(given, name)) {
        if (!mayBeMissing) return carefully(given);
        continue;
      }
      const value = coerce(given[name]);
      if (value === UNSURE) return carefully(given);
      coerced[name] = value;
    }
    return coerced;
  };
}

function prepareVariable(schema: GraphQLSchema, definition: VariableDefinitionNode): PreparedValue {
  const type = typeFromAST(schema, definition.type);
  return {
    name: definition.variable.name.value,
    coerce: isInputType(type) ? coercerOf(type) : () => UNSURE,
    mayBeMissing: definition.defaultValue === undefined && isNullableType(type),
  };
}

function coercerOf(type: GraphQLInputType): Coerce {
  if (type instanceof GraphQLNonNull) return coercePresent(type.ofType);
  const coerce = coercePresent(type);
  return (value) => (value === null ? null : coerce(value));
}

/** What scalars do with a value that are not told what to do with it. */
const asItIs = new GraphQLScalarType({ name: "AsItIs" }).parseValue;

/** Null is {@link UNSURE} for each of these. */
function coercePresent(type: GraphQLInputType): Coerce {
  const isOfType = isNamedType(type) ? LEAF_TESTS.get(type) : undefined;
  if (isOfType) return (value) => (isOfType(value) ? value : UNSURE);
  if (isEnumType(type))
    return (value) => (typeof value === "string" ? (type.getValue(value)?.value ?? UNSURE) : UNSURE);
  if (type instanceof GraphQLList) return coerceItems(coercerOf(type.ofType));
  if (isInputObjectType(type)) return coerceFields(type);
  // One like `_Any` takes everything; any other scalar of somebody's own has its own opinion.
  return isScalarType(type) && type.parseValue === asItIs ? (value) => value ?? UNSURE : () => UNSURE;
}

function coerceItems(coerce: Coerce): Coerce {
  return (value) => {
    if (!Array.isArray(value)) return UNSURE;
    const items: unknown[] = [];
    for (const item of value) {
      const coerced = coerce(item);
      if (coerced === UNSURE) return UNSURE;
      items.push(coerced);
    }
    return items;
  };
}

function coerceFields(type: GraphQLInputObjectType): Coerce {
  // Prepared when the first value comes: input types may hold each other.
  let fields: readonly PreparedValue[] | undefined;
  return (value) => {
    // Of one-of inputs, how many may be given is a rule of its own.
    if (!isRecord(value) || type.isOneOf) return UNSURE;
    fields ??= Object.values(type.getFields()).map(prepareField);
    const coerced: Record<string, unknown> = {};
    let known = 0;
    for (const { name, coerce, mayBeMissing } of fields) {
      const own = value[name];
      if (own === undefined) {
        if (!mayBeMissing) return UNSURE;
        continue;
      }
      known += 1;
      coerced[name] = coerce(own);
      if (coerced[name] === UNSURE) return UNSURE;
    }
    // What else is in it is no field of the type.
    return known === Object.keys(value).length ? coerced : UNSURE;
  };
}

function prepareField({ name, type, defaultValue }: GraphQLInputField): PreparedValue {
  return { name, coerce: coercerOf(type), mayBeMissing: defaultValue === undefined && isNullableType(type) };
}
