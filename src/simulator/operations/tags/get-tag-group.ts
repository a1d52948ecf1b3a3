import { singleAnswer } from "../../resources/document.js";
import { tagGroupResource } from "../../resources/tag-group-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { found } from "../found.js";
import { TAG_LIMIT } from "./tag-rules.js";

export const getTagGroup: Route = {
  operation: "get_tag_group",
  method: "GET",
  path: "/api/tag-groups/{id}",
  since: "2023-02-22",
  scopes: ["tags:read"],
  limit: TAG_LIMIT,
  parameters: { "fields[tag-group]": FIELDSETS["tag-group"] },
  handle: (call) => {
    const group = found(call.account.tagGroups.get(call.id), "tag-group", call.id);
    return singleAnswer(call, 200, tagGroupResource(group, call));
  },
};
