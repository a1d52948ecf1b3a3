import { notFound } from "../../http/api-error.js";
import { singleAnswer } from "../../resources/document.js";
import { imageResource } from "../../resources/image-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { findMessage } from "../find-message.js";

export const getImageForCampaignMessage: Route = {
  operation: "get_image_for_campaign_message",
  method: "GET",
  path: "/api/campaign-messages/{id}/image",
  since: "2025-01-15",
  scopes: ["campaigns:read", "images:read"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[image]": FIELDSETS.image },
  handle: (call) => {
    const { details } = findMessage(call, call.id).message;
    const image = call.account.images.get(details.imageId ?? "");
    // A42: the schema has no null here, unlike that of templates.
    if (image === undefined) throw notFound(`Message ${call.id} has no image.`);
    return singleAnswer(call, 200, imageResource(image, call));
  },
};
