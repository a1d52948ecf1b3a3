import { decodeFilter, type FilterRules } from "../filters/filter-rule.js";
import { type FilterValue, holds } from "../filters/holds.js";
import { type Answer, jsonAnswer } from "../http/answer.js";
import { type IncludedResources, meta, type Resource } from "../resources/document.js";
import type { Call } from "../route.js";
import type { ParameterRules } from "../rules/query.js";
import { answerType } from "../rules/wire-form.js";
import { collectionLinks } from "./collection-links.js";
import { keysetPage, type Page } from "./keyset-page.js";

/** How the collection of one resource is filtered, ordered and cut into pages. */
export interface Collection<T extends { readonly id: string }> {
  readonly filters: FilterRules;
  readonly sortable: readonly string[];
  readonly pageSize: number;
  /** The value that a filter or the order looks at. */
  readonly valueOf: (item: T, field: string) => FilterValue | undefined;
}

export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  { filters, pageSize, valueOf }: Collection<T>,
  call: Call,
): Page<T> {
  const filter = call.query.get("filter");
  const terms = filter === undefined ? [] : decodeFilter(filter, filters, call.revision);
  // A11: neighbours of campaigns are ordered by id unless something else is asked for.
  const sort = call.query.get("sort") ?? "id";
  const field = sort.replace(/^-/, "");
  return keysetPage({
    items: items.filter((item) => terms.every((term) => holds(term, valueOf(item, term.field)))),
    keyOf: (item) => [sortText(valueOf(item, field)), item.id],
    isDescending: sort.startsWith("-"),
    size: Number(call.query.get("page[size]") ?? pageSize),
    cursor: call.query.get("page[cursor]"),
  });
}

export function answerPage<T>(
  call: Call,
  page: Page<T>,
  toResource: (item: T) => Resource,
  included?: IncludedResources,
): Answer {
  const document = {
    data: page.items.map(toResource),
    links: collectionLinks(call, page),
    ...(included && { included }),
    ...meta(call),
  };
  return jsonAnswer(200, document, answerType(call.revision));
}

/** The `sort` parameter of a collection: every field both ways. */
export function sortRule(fields: readonly string[]): ParameterRules {
  return { sort: { kind: "choice", values: fields.flatMap((field) => [field, `-${field}`]) } };
}

/** Numbers are padded, so that they compare as text. A11: what has no value comes first in rising order. */
function sortText(value: FilterValue | undefined): string {
  return typeof value === "number" ? String(value).padStart(15, "0") : String(value ?? "");
}
