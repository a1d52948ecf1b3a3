import type { SeedTagGroup } from "../../account/seed-account.js";
import type { FilterRule } from "../../filters/filter-rule.js";
import { answerPage, type Collection, pageOf, sortRule } from "../../paging/collection.js";
import { tagGroupResource } from "../../resources/tag-group-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { TAG_LIMIT, TAG_NAME } from "./tag-rules.js";

const FLAG: FilterRule = { single: ["equals"], list: [], value: "boolean" };

const COLLECTION: Collection<SeedTagGroup> = {
  filters: { name: TAG_NAME, exclusive: FLAG, default: FLAG },
  sortable: ["id", "name"],
  pageSize: 25,
  valueOf: ({ id, name, exclusive = false, isDefault = false }, field) =>
    ({ id, name, exclusive, default: isDefault })[field],
};

export const getTagGroups: Route = {
  operation: "get_tag_groups",
  method: "GET",
  path: "/api/tag-groups",
  since: "2023-02-22",
  scopes: ["tags:read"],
  limit: TAG_LIMIT,
  parameters: {
    "fields[tag-group]": FIELDSETS["tag-group"],
    filter: { kind: "text" },
    "page[cursor]": { kind: "text" },
    "page[size]": { kind: "integer", min: 1, max: COLLECTION.pageSize },
    ...sortRule(COLLECTION.sortable),
  },
  filters: COLLECTION.filters,
  handle: (call) =>
    answerPage(call, pageOf([...call.account.tagGroups.values()], COLLECTION, call), (group) =>
      tagGroupResource(group, call),
    ),
};
