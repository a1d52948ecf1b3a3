/**
 * What to read of one resource: values of `fields[type]`, and which relationships should come along (`include`). Klaviyo
 * includes one level deep, so what comes along has attributes alone.
 */
export interface ResourceQuery {
  /** JSON:API type, such as `campaign`. */
  readonly type: string;
  /** Attributes, sorted, each once; none asks for the id alone. */
  readonly attributes: readonly string[];
  /** By relationship name, such as `campaign-messages`. */
  readonly include: Readonly<Record<string, IncludedQuery>>;
}

export interface IncludedQuery {
  readonly type: string;
  readonly attributes: readonly string[];
}

export function attributesQuery(type: string, attributes: readonly string[]): ResourceQuery {
  return { type, attributes: sorted(attributes), include: {} };
}

/** One query that asks for all that the given ones ask for; they are of one type. */
export function mergeQueries(first: ResourceQuery, ...rest: readonly ResourceQuery[]): ResourceQuery {
  return rest.reduce((merged, query) => (query === merged ? merged : merge(merged, query)), first);
}

type Parameters = readonly (readonly [name: string, value: string])[];

/** Plans are made once for a document, so that what is written of them on the wire is as well. */
const PARAMETERS = new WeakMap<ResourceQuery, Parameters>();

/** The parameters `fields[...]` and `include`, in an order that depends on nothing but the query. */
export function queryParameters(query: ResourceQuery): Parameters {
  const known = PARAMETERS.get(query);
  if (known) return known;
  const parameters = parametersOf(query);
  PARAMETERS.set(query, parameters);
  return parameters;
}

function parametersOf(query: ResourceQuery): Parameters {
  const names = Object.keys(query.include).toSorted();
  const fields = new Map([[query.type, query.attributes]]);
  for (const { type, attributes } of names.flatMap((name) => query.include[name] ?? []))
    fields.set(type, sorted([...(fields.get(type) ?? []), ...attributes]));
  return [
    ...[...fields].map(([type, values]) => [`fields[${type}]`, values.join(",") || "id"] as const),
    ...(names.length > 0 ? [["include", names.join(",")] as const] : []),
  ];
}

/** Equal queries have equal keys. */
export function queryKey(query: ResourceQuery): string {
  const known = KEYS.get(query);
  if (known !== undefined) return known;
  const key = queryParameters(query)
    .map((pair) => pair.join("="))
    .join("&");
  KEYS.set(query, key);
  return key;
}

const KEYS = new WeakMap<ResourceQuery, string>();

function merge(a: ResourceQuery, b: ResourceQuery): ResourceQuery {
  const names = sorted([...Object.keys(a.include), ...Object.keys(b.include)]);
  const include = names.map((name) => {
    const { type, attributes } = a.include[name] ?? b.include[name] ?? { type: name, attributes: [] };
    return [name, { type, attributes: sorted([...attributes, ...(b.include[name]?.attributes ?? [])]) }] as const;
  });
  return { type: a.type, attributes: sorted([...a.attributes, ...b.attributes]), include: Object.fromEntries(include) };
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted();
}
