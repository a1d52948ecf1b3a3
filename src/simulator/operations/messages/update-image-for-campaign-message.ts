import { decodeResource } from "../../bodies/decode-resource.js";
import { checkImage } from "../../bodies/message-body.js";
import { emptyAnswer } from "../../http/answer.js";
import type { Route } from "../../route.js";
import { findMessage } from "../find-message.js";
import { requireDraft } from "../require-draft.js";

export const updateImageForCampaignMessage: Route = {
  operation: "update_image_for_campaign_message",
  method: "PATCH",
  path: "/api/campaign-messages/{id}/relationships/image",
  since: "2025-01-15",
  scopes: ["campaigns:write", "images:read"],
  limit: { burst: 10, steady: 150 },
  parameters: {},
  handle: (call) => {
    const { campaign, message } = findMessage(call, call.id);
    const { id: imageId } = decodeResource(call.body, "image", {});
    checkImage({ imageId, channel: campaign.channel, pointer: "/data/id" }, call.account);
    requireDraft(campaign, call.nowMs);
    message.edit({ imageId }, call.nowMs);
    return emptyAnswer(204);
  },
};
