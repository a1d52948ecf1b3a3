import type { GraphQLSchema } from "graphql";
import { guardForGraphqlJs, type Resolver } from "./plain-resolver.js";

/** In place of a result: the resolver threw it. */
export class Thrown {
  constructor(readonly error: unknown) {}
}

/** What the root fields of an operation have answered, by their keys in the answer. Promises may still be pending, or rejected. */
export type RootResults = Map<string, unknown>;

/** Waits until nothing of them is pending any more, nor in their lists. It does not throw. */
export async function settle(results: RootResults): Promise<void> {
  for (const result of await Promise.allSettled(results.values()))
    if (result.status === "fulfilled" && Array.isArray(result.value)) await Promise.allSettled(result.value);
}

const ROOT_RESULTS = Symbol("root results");

/**
 * A context in which root fields that have been resolved are not resolved again: a campaign is not to be cancelled twice because the
 * first way to an answer led nowhere.
 */
export function withRootResults<TContext extends object>(context: TContext, results: RootResults): TContext {
  const copy: TContext = Object.assign(Object.create(Object.getPrototypeOf(context)), context);
  return Object.defineProperty(copy, ROOT_RESULTS, { value: results, enumerable: true });
}

/** Whether part of the operation has been run already: it is too late then to refuse the whole of it. */
export function hasRootResults(context: object): boolean {
  return (resultsIn(context)?.size ?? 0) > 0;
}

function resultsIn(context: unknown): RootResults | undefined {
  return (context as { readonly [ROOT_RESULTS]?: RootResults })[ROOT_RESULTS];
}

/** Lets every root field look first whether it has been resolved already. */
export function rememberRootResults(schema: GraphQLSchema): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()])
    for (const field of Object.values(type?.getFields() ?? {})) guardForGraphqlJs(field, rememberResults);
}

function rememberResults(resolve: Resolver): Resolver {
  return (source, args, context, info) => {
    const results = resultsIn(context);
    if (!results?.has(String(info.path.key))) return resolve(source, args, context, info);
    const result = results.get(String(info.path.key));
    if (result instanceof Thrown) throw result.error;
    return result;
  };
}
