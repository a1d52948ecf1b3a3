import { decodeTemplateAssignment } from "../../bodies/message-body.js";
import { invalidBody, unknownReference } from "../../http/api-error.js";
import { singleAnswer } from "../../resources/document.js";
import { oldMessageResource } from "../../resources/old-message-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS, ofWrite } from "../../rules/fieldsets.js";
import { findMessage } from "../find-message.js";
import { requireDraft } from "../require-draft.js";

/** The message gets a copy of the template: what happens to the original later does not reach it. */
export const assignTemplateToCampaignMessage: Route = {
  operation: "assign_template_to_campaign_message",
  method: "POST",
  path: "/api/campaign-message-assign-template",
  since: "2023-02-22",
  scopes: ["campaigns:write"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[campaign-message]": ofWrite(FIELDSETS["old-campaign-message"]) },
  handle: (call) => {
    const { messageId, templateId } = decodeTemplateAssignment(call.body);
    const found = findMessage(call, messageId);
    const template = call.account.template(templateId);
    if (template === undefined) {
      throw unknownReference("/data/relationships/template/data/id", "template", templateId);
    }
    // A35: only an e-mail has a template.
    if (found.campaign.channel !== "email") {
      throw invalidBody("/data/id", `A message of channel '${found.campaign.channel}' has no template.`);
    }
    requireDraft(found.campaign, call.nowMs);
    found.message.edit({ templateId: call.account.copyTemplate(template, call.nowMs) }, call.nowMs);
    return singleAnswer(call, call.revision < "2025-04-15" ? 201 : 200, oldMessageResource(found, call));
  },
};
