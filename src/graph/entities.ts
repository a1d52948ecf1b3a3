import type { GraphQLFieldResolver, GraphQLResolveInfo } from "graphql";
import { assertAccess } from "../access/check-access.js";
import type { AccessContext } from "../access/identity.js";
import { scopesOfType } from "../access/scopes-of-type.js";
import { InvalidInputError } from "../input/invalid-input-error.js";
import { isRecord } from "../klaviyo/json-api.js";

/** What a router sends to name an entity: its type and the fields of one of its keys. */
export type Representation = Readonly<Record<string, unknown>>;

/**
 * Finds one entity. Called for all representations of a request in the same tick, so that loaders see them as one batch. The
 * object carries its `__typename`. Null for what does not exist; `info` is that of the `_entities` field.
 */
export type ReferenceResolver<TContext> = (
  representation: Representation,
  context: TContext,
  info: GraphQLResolveInfo,
) => Promise<object | null> | object | null;

export type ReferenceResolvers<TContext> = Readonly<Record<string, ReferenceResolver<TContext>>>;

/**
 * The subgraph's `_entities`. @apollo/subgraph's own defines `__typename` on each entity, which breaks shared and frozen objects
 * and costs a promise each; ours only looks up and returns.
 */
export function resolveEntities<TContext>(
  references: ReferenceResolvers<TContext>,
): GraphQLFieldResolver<unknown, TContext> {
  return (_root, args, context, info) => {
    const representations: unknown[] = args["representations"];
    return representations.map((representation, index) => {
      try {
        return resolveOne(references, representation, index, context, info);
      } catch (error) {
        // A thrown error must null its own place alone, so it has to be a rejection.
        return Promise.reject(error);
      }
    });
  };
}

function resolveOne<TContext>(
  references: ReferenceResolvers<TContext>,
  representation: unknown,
  index: number,
  context: TContext,
  info: GraphQLResolveInfo,
): ReturnType<ReferenceResolver<TContext>> {
  const typename = isRecord(representation) ? representation["__typename"] : undefined;
  const resolve =
    typeof typename === "string" && Object.hasOwn(references, typename) ? references[typename] : undefined;
  if (!resolve || !isRecord(representation))
    throw invalid(
      `representations.${index}.__typename`,
      `Not an entity of this subgraph: ${Object.keys(references).join(", ")}.`,
    );
  const scopes = scopesOfType(info.schema, String(typename));
  if (scopes) assertAccess((context as AccessContext).identity, scopes);
  return resolve(representation, context, info);
}

function invalid(field: string, message: string): InvalidInputError {
  return new InvalidInputError([{ field, message }]);
}
