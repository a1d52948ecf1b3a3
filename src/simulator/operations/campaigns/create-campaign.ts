import { decodeNewCampaign } from "../../bodies/campaign-body.js";
import { campaignResource } from "../../resources/campaign-resource.js";
import { singleAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { FIELDSETS, ofWrite } from "../../rules/fieldsets.js";

export const createCampaign: Route = {
  operation: "create_campaign",
  method: "POST",
  path: "/api/campaigns",
  since: "2023-02-22",
  scopes: ["campaigns:write"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[campaign]": ofWrite(FIELDSETS.campaign) },
  handle: (call) => {
    const { channel, details, messages } = decodeNewCampaign(call.body, call.account);
    const seed = {
      ...details,
      id: call.ids.ulid(call.nowMs),
      channel,
      status: "Draft",
      createdAt: new Date(call.nowMs).toISOString(),
      messages: messages.map((message) => ({ ...message, id: call.ids.ulid(call.nowMs) })),
    };
    return singleAnswer(call, 201, campaignResource(call.store.add(seed, call.nowMs), call));
  },
};
