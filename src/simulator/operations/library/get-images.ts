import type { SeedImage } from "../../account/seed-account.js";
import { type FilterRule, MOMENT, SIZE } from "../../filters/filter-rule.js";
import type { FilterValue } from "../../filters/holds.js";
import { answerPage, type Collection, pageOf, sortRule } from "../../paging/collection.js";
import { imageAttributes, imageResource } from "../../resources/image-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";

const EXACT: FilterRule = { single: ["equals"], list: ["any", "equals"], value: "string" };
const MAX_PAGE_SIZE = 100;

const COLLECTION: Collection<SeedImage> = {
  filters: {
    id: EXACT,
    updated_at: MOMENT,
    format: EXACT,
    name: { ...EXACT, single: ["contains", "ends-with", "equals", "starts-with"] },
    size: SIZE,
    hidden: { ...EXACT, value: "boolean" },
  },
  sortable: ["format", "id", "name", "size", "updated_at"],
  pageSize: 20,
  valueOf: (image, field) => {
    const { updated_at: updatedAt, ...attributes } = imageAttributes(image);
    const values: Readonly<Record<string, FilterValue>> = {
      ...attributes,
      id: image.id,
      updated_at: Date.parse(updatedAt),
    };
    return values[field];
  },
};

export const getImages: Route = {
  operation: "get_images",
  method: "GET",
  path: "/api/images",
  since: "2023-02-22",
  scopes: ["images:read"],
  limit: { burst: 10, steady: 150 },
  parameters: {
    "fields[image]": FIELDSETS.image,
    filter: { kind: "text" },
    "page[cursor]": { kind: "text" },
    "page[size]": { kind: "integer", min: 1, max: MAX_PAGE_SIZE },
    ...sortRule(COLLECTION.sortable),
  },
  filters: COLLECTION.filters,
  handle: (call) =>
    answerPage(call, pageOf([...call.account.images.values()], COLLECTION, call), (image) =>
      imageResource(image, call),
    ),
};
