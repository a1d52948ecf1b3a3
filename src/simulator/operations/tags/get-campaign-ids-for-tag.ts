import { linkageAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { findTag, TAG_LIMIT } from "./tag-rules.js";

/** A32: archived campaigns are among them: there is no filter here that could ask for them. */
export const getCampaignIdsForTag: Route = {
  operation: "get_campaign_ids_for_tag",
  method: "GET",
  path: "/api/tags/{id}/relationships/campaigns",
  since: "2023-02-22",
  scopes: ["campaigns:read", "tags:read"],
  limit: TAG_LIMIT,
  parameters: {},
  handle: (call) => {
    const tag = findTag(call);
    const campaigns = call.store.all().filter(({ tags }) => tags.some(({ id }) => id === tag.id));
    return linkageAnswer(
      call,
      campaigns.map(({ id }) => ({ type: "campaign", id })),
    );
  },
};
