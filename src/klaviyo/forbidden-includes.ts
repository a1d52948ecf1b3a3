import { KlaviyoError } from "./failure.js";
import type { Resource } from "./json-api.js";
import { type Operation, OPERATIONS } from "./operations.js";
import type { IncludedQuery, ResourceQuery } from "./resource-query.js";

/** What comes along under the scope of the resource itself: reading campaigns is reading their messages, and tags their groups. */
const SAME_SCOPE: ReadonlySet<string> = new Set(["campaign", "campaign-message", "tag-group"]);

/**
 * Klaviyo refuses a whole read (403) when the key lacks the scope of something that should come along, and does not say which. Then
 * the read is done again without what needs another scope, and with as much of that as the key permits, added one by one. What
 * was left out is marked with its refusal: one lost relationship must not cost the rest.
 *
 * @param read does the read for a query
 * @param mark puts the refusals on every resource of what was read
 */
export function withoutForbiddenIncludes<T>(
  query: ResourceQuery,
  read: (query: ResourceQuery) => Promise<T>,
  mark: (result: T, withhold: (resource: Resource) => Resource) => T,
): Promise<T> {
  const whole = read(query);
  const suspects = suspectsOf(query);
  if (suspects.length === 0) return whole;
  return whole.catch(async (error: unknown) => {
    if (!isForbidden(error)) throw error;
    const { result, withheld } = await readWhatIsAllowed(query, suspects, error, read);
    return mark(result, (resource) => ({ ...resource, withheld }));
  });
}

const SUSPECTS = new WeakMap<ResourceQuery, readonly string[]>();

/** What could be the reason of a refusal. Plans are made once for a document, and looked at once. */
function suspectsOf(query: ResourceQuery): readonly string[] {
  const known = SUSPECTS.get(query);
  if (known) return known;
  const suspects = Object.keys(query.include).filter((name) => !isOfSameScope(query, name));
  SUSPECTS.set(query, suspects);
  return suspects;
}

async function readWhatIsAllowed<T>(
  query: ResourceQuery,
  suspects: readonly string[],
  refusal: KlaviyoError,
  read: (query: ResourceQuery) => Promise<T>,
): Promise<{ readonly result: T; readonly withheld: ReadonlyMap<string, Error> }> {
  const withheld = new Map(suspects.map((name) => [name, refusalOf(name, query, refusal)]));
  let result = await read(without(query, withheld));
  // A suspect that is alone is guilty; of several, each is tried.
  for (const name of suspects.length > 1 ? suspects : []) {
    const others = new Map([...withheld].filter(([other]) => other !== name));
    try {
      result = await read(without(query, others));
      withheld.delete(name);
    } catch (error) {
      if (!isForbidden(error)) throw error;
    }
  }
  return { result, withheld };
}

function isOfSameScope({ include }: ResourceQuery, name: string): boolean {
  return SAME_SCOPE.has(include[name]?.type ?? "");
}

function without(query: ResourceQuery, left: ReadonlyMap<string, Error>): ResourceQuery {
  const kept = Object.entries<IncludedQuery>(query.include).filter(([name]) => !left.has(name));
  return { ...query, include: Object.fromEntries(kept) };
}

/** The refusal as that of reading what was left out, whose scope is the one that is missing. */
function refusalOf(name: string, { include }: ResourceQuery, error: KlaviyoError): KlaviyoError {
  const operation = OPERATION_OF_TYPE[include[name]?.type ?? ""];
  return operation ? new KlaviyoError(operation.name, error.failure, error) : error;
}

const OPERATION_OF_TYPE: Readonly<Record<string, Operation>> = {
  tag: OPERATIONS.getTags,
  template: OPERATIONS.getTemplates,
  image: OPERATIONS.getImages,
};

function isForbidden(error: unknown): error is KlaviyoError {
  return error instanceof KlaviyoError && error.failure.kind === "refused" && error.failure.status === 403;
}
