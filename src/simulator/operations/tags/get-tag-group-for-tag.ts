import { relatedAnswer } from "../../resources/document.js";
import { tagGroupResource } from "../../resources/tag-group-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { findTag, TAG_LIMIT } from "./tag-rules.js";

export const getTagGroupForTag: Route = {
  operation: "get_tag_group_for_tag",
  method: "GET",
  path: "/api/tags/{id}/tag-group",
  since: "2023-02-22",
  scopes: ["tags:read"],
  limit: TAG_LIMIT,
  parameters: { "fields[tag-group]": FIELDSETS["tag-group"] },
  handle: (call) => {
    const group = call.account.groupOf(findTag(call));
    return relatedAnswer(call, group && tagGroupResource(group, call));
  },
};
