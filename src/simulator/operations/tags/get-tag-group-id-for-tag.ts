import { linkageAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { findTag, TAG_LIMIT } from "./tag-rules.js";

export const getTagGroupIdForTag: Route = {
  operation: "get_tag_group_id_for_tag",
  method: "GET",
  path: "/api/tags/{id}/relationships/tag-group",
  since: "2023-02-22",
  scopes: ["tags:read"],
  limit: TAG_LIMIT,
  parameters: {},
  handle: (call) => {
    const group = call.account.groupOf(findTag(call));
    return linkageAnswer(call, group === undefined ? null : { type: "tag-group", id: group.id });
  },
};
