import { linkageAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { findCampaign } from "../find-campaign.js";
import { TAG_LIMIT } from "./tag-rules.js";

export const getTagIdsForCampaign: Route = {
  operation: "get_tag_ids_for_campaign",
  method: "GET",
  path: "/api/campaigns/{id}/relationships/tags",
  since: "2023-02-22",
  scopes: ["campaigns:read", "tags:read"],
  limit: TAG_LIMIT,
  parameters: {},
  handle: (call) => {
    const { tags } = findCampaign(call, call.id);
    return linkageAnswer(
      call,
      tags.map(({ id }) => ({ type: "tag", id })),
    );
  },
};
