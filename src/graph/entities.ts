import type { GraphQLFieldResolver, GraphQLResolveInfo } from "graphql";
import { assertAccess } from "../access/check-access.js";
import type { AccessContext } from "../access/identity.js";
import { scopesOfType } from "../access/scopes-of-type.js";
import { InvalidInputError, shown } from "../input/invalid-input-error.js";
import { isRecord } from "../json/is-record.js";
import { asError } from "../klaviyo/read-one-by-one.js";

/** What a router sends to name an entity: its type and the fields of one of its keys. */
export type Representation = Readonly<Record<string, unknown>>;

/** What became of representations, each in its place: the object with its `__typename`, null for what does not exist, or an error. */
export type FoundEntities = readonly (object | null | Error)[];

/** Finds all entities of one type that an `_entities` field names; `info` is that field's. What it throws is about each of them. */
export type ReferenceResolver<TContext> = (
  representations: readonly Representation[],
  context: TContext,
  info: GraphQLResolveInfo,
) => Promise<FoundEntities> | FoundEntities;

export type ReferenceResolvers<TContext> = Readonly<Record<string, ReferenceResolver<TContext>>>;

/**
 * The subgraph's `_entities`. @apollo/subgraph's own defines `__typename` on each entity, which breaks shared and frozen objects,
 * and costs a few promises for each; ours finds all of a type together.
 */
export function resolveEntities<TContext>(
  references: ReferenceResolvers<TContext>,
): GraphQLFieldResolver<unknown, TContext> {
  return (_root, args, context, info) => {
    const representations: readonly unknown[] = args["representations"];
    const types = representations.map((representation) => entityTypeOf(representation, references));
    const find: Find = (type) => {
      const ofType = representations.filter((_, index) => types[index] === type) as readonly Representation[];
      return findAll(references[type], type, ofType, context, info);
    };
    const [first] = types;
    // What routers send.
    if (first !== undefined && types.every((type) => type === first)) return find(first);
    return findEach(representations, types, find, Object.keys(references));
  };
}

type Find = (type: string) => Promise<FoundEntities>;

/** It does not throw: that would take the entities of other types along. */
async function findAll<TContext>(
  resolve: ReferenceResolver<TContext> | undefined,
  type: string,
  representations: readonly Representation[],
  context: TContext,
  info: GraphQLResolveInfo,
): Promise<FoundEntities> {
  try {
    const scopes = scopesOfType(info.schema, type);
    if (scopes) assertAccess((context as AccessContext).identity, scopes);
    return (await resolve?.(representations, context, info)) ?? [];
  } catch (error) {
    return representations.map(() => asError(error));
  }
}

/** Each entity is there as soon as those of its type are, whatever others take. */
function findEach(
  representations: readonly unknown[],
  types: readonly (string | undefined)[],
  find: Find,
  known: readonly string[],
): readonly (Promise<FoundEntities[number]> | Error)[] {
  const found = new Map<string, { readonly all: Promise<FoundEntities>; taken: number }>();
  return types.map((type, index) => {
    if (type === undefined) return notAnEntity(representations[index], index, known);
    const ofType = found.get(type) ?? { all: find(type), taken: 0 };
    found.set(type, ofType);
    const place = ofType.taken++;
    return ofType.all.then((all) => all[place] ?? null);
  });
}

/** Undefined for what is no entity of this subgraph. */
function entityTypeOf(representation: unknown, references: ReferenceResolvers<never>): string | undefined {
  const type = isRecord(representation) ? representation["__typename"] : undefined;
  return typeof type === "string" && Object.hasOwn(references, type) ? type : undefined;
}

function notAnEntity(representation: unknown, index: number, known: readonly string[]): InvalidInputError {
  const field = `representations.${index}`;
  if (!isRecord(representation)) {
    const message = `A representation must be an object with __typename and the key of an entity, not ${shown(representation)}.`;
    return new InvalidInputError([{ field, message }]);
  }
  const { __typename: type } = representation;
  const found = type === undefined ? "no __typename" : `${shown(type)} for its __typename`;
  const message = `The representation has ${found}. It must name an entity of this subgraph: ${known.join(", ")}.`;
  return new InvalidInputError([{ field: `${field}.__typename`, message }]);
}
