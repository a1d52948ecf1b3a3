import type { SeedAudience } from "../../account/seed-account.js";
import { type FilterRule, type FilterRules } from "../../filters/filter-rule.js";
import type { FilterValue } from "../../filters/holds.js";
import { DEFAULT_CREATED } from "../../resources/document.js";

const LATER: FilterRule = { single: ["greater-than"], list: [], value: "datetime" };

/** Lists and segments are filtered and ordered alike. Ten are on a page, and no revision gives more. */
export const AUDIENCE_FILTERS: FilterRules = {
  name: { single: [], list: ["any", "equals"], value: "string" },
  id: { single: ["equals"], list: ["any", "equals"], value: "string" },
  created: LATER,
  updated: LATER,
};
export const AUDIENCE_SORTABLE = ["created", "id", "name", "updated"];
export const AUDIENCE_PAGE_SIZE = 10;

export function audienceValue(audience: SeedAudience, field: string): FilterValue | undefined {
  const { id, name = `Audience ${id}`, created = DEFAULT_CREATED, updated = created } = audience;
  const values: Readonly<Record<string, FilterValue>> = {
    id,
    name,
    created: Date.parse(created),
    updated: Date.parse(updated),
  };
  return values[field];
}
