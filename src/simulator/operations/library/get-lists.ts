import { answerPage, pageOf, sortRule } from "../../paging/collection.js";
import { listResource } from "../../resources/audience-resource.js";
import { includedOfAudiences } from "../../resources/included.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { AUDIENCE_FILTERS, AUDIENCE_PAGE_SIZE, AUDIENCE_SORTABLE, audienceValue } from "./audience-collection.js";

const COLLECTION = {
  filters: AUDIENCE_FILTERS,
  sortable: AUDIENCE_SORTABLE,
  pageSize: AUDIENCE_PAGE_SIZE,
  valueOf: audienceValue,
};

export const getLists: Route = {
  operation: "get_lists",
  method: "GET",
  path: "/api/lists",
  since: "2023-02-22",
  scopes: ["lists:read"],
  limit: { burst: 75, steady: 750 },
  parameters: {
    "fields[flow]": FIELDSETS.flow,
    "fields[list]": FIELDSETS.list,
    "fields[tag]": FIELDSETS.tag,
    filter: { kind: "text" },
    include: { kind: "list", values: ["flow-triggers", "tags"] },
    "page[cursor]": { kind: "text" },
    "page[size]": { kind: "integer", min: 1, max: AUDIENCE_PAGE_SIZE, since: "2026-04-15" },
    ...sortRule(AUDIENCE_SORTABLE),
  },
  filters: AUDIENCE_FILTERS,
  handle: (call) => {
    const page = pageOf([...call.account.lists.values()], COLLECTION, call);
    return answerPage(call, page, (list) => listResource(list, call), includedOfAudiences(page.items, call));
  },
};
