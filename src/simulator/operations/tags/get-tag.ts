import { singleAnswer } from "../../resources/document.js";
import { includedOfTags } from "../../resources/included.js";
import { tagResource } from "../../resources/tag-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { findTag, TAG_LIMIT } from "./tag-rules.js";

export const getTag: Route = {
  operation: "get_tag",
  method: "GET",
  path: "/api/tags/{id}",
  since: "2023-02-22",
  scopes: ["tags:read"],
  limit: TAG_LIMIT,
  parameters: {
    "fields[tag-group]": FIELDSETS["tag-group"],
    "fields[tag]": FIELDSETS.tag,
    include: { kind: "list", values: ["tag-group"] },
  },
  handle: (call) => {
    const tag = findTag(call);
    return singleAnswer(call, 200, tagResource(tag, call), includedOfTags([tag], call));
  },
};
