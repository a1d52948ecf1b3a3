import { relatedAnswer } from "../../resources/document.js";
import { templateResource } from "../../resources/template-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { findMessage } from "../find-message.js";

export const getTemplateForCampaignMessage: Route = {
  operation: "get_template_for_campaign_message",
  method: "GET",
  path: "/api/campaign-messages/{id}/template",
  since: "2023-07-15",
  scopes: ["campaigns:read", "templates:read"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[template]": FIELDSETS.template },
  handle: (call) => {
    const { details } = findMessage(call, call.id).message;
    const template = call.account.template(details.templateId ?? "");
    return relatedAnswer(call, template && templateResource(template, call));
  },
};
