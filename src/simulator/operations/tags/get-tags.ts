import type { SeedTag } from "../../campaigns/seed-campaign.js";
import { answerPage, type Collection, pageOf, sortRule } from "../../paging/collection.js";
import { includedOfTags } from "../../resources/included.js";
import { tagResource } from "../../resources/tag-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { TAG_LIMIT, TAG_NAME } from "./tag-rules.js";

const COLLECTION: Collection<SeedTag> = {
  filters: { name: TAG_NAME },
  sortable: ["id", "name"],
  pageSize: 50,
  valueOf: ({ id, name }, field) => ({ id, name })[field],
};

export const getTags: Route = {
  operation: "get_tags",
  method: "GET",
  path: "/api/tags",
  since: "2023-02-22",
  scopes: ["tags:read"],
  limit: TAG_LIMIT,
  parameters: {
    "fields[tag-group]": FIELDSETS["tag-group"],
    "fields[tag]": FIELDSETS.tag,
    filter: { kind: "text" },
    include: { kind: "list", values: ["tag-group"] },
    "page[cursor]": { kind: "text" },
    "page[size]": { kind: "integer", min: 1, max: COLLECTION.pageSize, since: "2026-04-15" },
    ...sortRule(COLLECTION.sortable),
  },
  filters: COLLECTION.filters,
  handle: (call) => {
    const page = pageOf([...call.account.tags.values()], COLLECTION, call);
    return answerPage(call, page, (tag) => tagResource(tag, call), includedOfTags(page.items, call));
  },
};
