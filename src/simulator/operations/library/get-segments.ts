import { answerPage, pageOf, sortRule } from "../../paging/collection.js";
import { segmentResource } from "../../resources/audience-resource.js";
import { includedOfAudiences } from "../../resources/included.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import type { SeedSegment } from "../../account/seed-account.js";
import type { Collection } from "../../paging/collection.js";
import { AUDIENCE_FILTERS, AUDIENCE_PAGE_SIZE, AUDIENCE_SORTABLE, audienceValue } from "./audience-collection.js";

const COLLECTION: Collection<SeedSegment> = {
  filters: {
    ...AUDIENCE_FILTERS,
    is_active: { single: ["equals"], list: ["any", "equals"], value: "boolean" },
    is_starred: { single: ["equals"], list: [], value: "boolean" },
  },
  sortable: AUDIENCE_SORTABLE,
  pageSize: AUDIENCE_PAGE_SIZE,
  valueOf: (segment, field) => {
    if (field === "is_active") return segment.isActive ?? true;
    return field === "is_starred" ? (segment.isStarred ?? false) : audienceValue(segment, field);
  },
};

export const getSegments: Route = {
  operation: "get_segments",
  method: "GET",
  path: "/api/segments",
  since: "2023-02-22",
  scopes: ["segments:read"],
  limit: { burst: 75, steady: 750 },
  parameters: {
    "fields[flow]": FIELDSETS.flow,
    "fields[segment]": FIELDSETS.segment,
    "fields[tag]": FIELDSETS.tag,
    filter: { kind: "text" },
    include: { kind: "list", values: ["flow-triggers", "tags"] },
    "page[cursor]": { kind: "text" },
    "page[size]": { kind: "integer", min: 1, max: AUDIENCE_PAGE_SIZE, since: "2026-04-15" },
    ...sortRule(AUDIENCE_SORTABLE),
  },
  filters: COLLECTION.filters,
  handle: (call) => {
    const page = pageOf([...call.account.segments.values()], COLLECTION, call);
    return answerPage(call, page, (segment) => segmentResource(segment, call), includedOfAudiences(page.items, call));
  },
};
