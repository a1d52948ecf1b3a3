import type { SeedTemplate } from "../../account/seed-account.js";
import { type FilterRule, MOMENT } from "../../filters/filter-rule.js";
import { answerPage, type Collection, pageOf, sortRule } from "../../paging/collection.js";
import { DEFAULT_CREATED } from "../../resources/document.js";
import { templateResource } from "../../resources/template-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";

const MOMENT_OR_EQUAL: FilterRule = { ...MOMENT, single: ["equals", ...MOMENT.single] };

const COLLECTION: Collection<SeedTemplate> = {
  filters: {
    id: { single: [], list: ["any", "equals"], value: "string" },
    name: { single: ["contains", "equals"], list: ["any", "equals"], value: "string" },
    created: MOMENT_OR_EQUAL,
    updated: MOMENT_OR_EQUAL,
  },
  sortable: ["created", "id", "name", "updated"],
  pageSize: 10,
  valueOf: ({ id, name = `Template ${id}`, created = DEFAULT_CREATED, updated = created }, field) =>
    ({ id, name, created: Date.parse(created), updated: Date.parse(updated) })[field],
};

export const getTemplates: Route = {
  operation: "get_templates",
  method: "GET",
  path: "/api/templates",
  since: "2023-02-22",
  scopes: ["templates:read"],
  limit: { burst: 75, steady: 750 },
  parameters: {
    "additional-fields[template]": { kind: "list", values: ["definition"] },
    "fields[template]": FIELDSETS["template-with-definition"],
    filter: { kind: "text" },
    "page[cursor]": { kind: "text" },
    "page[size]": { kind: "integer", min: 1, max: COLLECTION.pageSize, since: "2026-04-15" },
    ...sortRule(COLLECTION.sortable),
  },
  filters: COLLECTION.filters,
  handle: (call) =>
    answerPage(call, pageOf([...call.account.library.values()], COLLECTION, call), (template) =>
      templateResource(template, call),
    ),
};
