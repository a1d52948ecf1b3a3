import { decodeMessageChanges } from "../../bodies/message-body.js";
import { messageResource } from "../../resources/campaign-message-resource.js";
import { singleAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { FIELDSETS, ofWrite } from "../../rules/fieldsets.js";
import { findMessage } from "../find-message.js";
import { requireDraft } from "../require-draft.js";

export const updateCampaignMessage: Route = {
  operation: "update_campaign_message",
  method: "PATCH",
  path: "/api/campaign-messages/{id}",
  since: "2023-02-22",
  scopes: ["campaigns:write"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[campaign-message]": ofWrite(FIELDSETS["campaign-message"]) },
  handle: (call) => {
    const found = findMessage(call, call.id);
    const changes = decodeMessageChanges(call.body, found, call.account);
    requireDraft(found.campaign, call.nowMs);
    found.message.edit(changes, call.nowMs);
    return singleAnswer(call, 200, messageResource(found, call));
  },
};
