import { relatedListAnswer } from "../../resources/document.js";
import { tagResources } from "../../resources/included.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { findCampaign } from "../find-campaign.js";
import { TAG_LIMIT } from "./tag-rules.js";

export const getTagsForCampaign: Route = {
  operation: "get_tags_for_campaign",
  method: "GET",
  path: "/api/campaigns/{id}/tags",
  since: "2023-06-15",
  scopes: ["campaigns:read", "tags:read"],
  limit: TAG_LIMIT,
  parameters: { "fields[tag]": FIELDSETS.tag },
  handle: (call) => relatedListAnswer(call, tagResources(findCampaign(call, call.id).tags, call)),
};
