import type { Account } from "../../account/account.js";
import { filledText, may, nullable, object } from "../../bodies/body-check.js";
import { decodeResource } from "../../bodies/decode-resource.js";
import type { SeedCampaign, SeedMessage } from "../../campaigns/seed-campaign.js";
import type { SimulatedCampaign } from "../../campaigns/simulated-campaign.js";
import type { SimulatedMessage } from "../../campaigns/simulated-message.js";
import { campaignResource } from "../../resources/campaign-resource.js";
import { singleAnswer } from "../../resources/document.js";
import type { Call, Route } from "../../route.js";
import { FIELDSETS, ofWrite } from "../../rules/fieldsets.js";
import { findCampaign } from "../find-campaign.js";

const ATTRIBUTES = object({ new_name: may(nullable(filledText)) });

export const createCampaignClone: Route = {
  operation: "create_campaign_clone",
  method: "POST",
  path: "/api/campaign-clone",
  since: "2023-02-22",
  scopes: ["campaigns:write"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[campaign]": ofWrite(FIELDSETS.campaign) },
  handle: (call) => {
    const { id, attributes } = decodeResource(call.body, "campaign", { attributes: ATTRIBUTES });
    const original = findCampaign(call, id);
    const newName = attributes["new_name"];
    const seed = cloneOf(original, typeof newName === "string" ? newName : `Clone of ${original.name}`, call);
    return singleAnswer(call, 201, campaignResource(call.store.add(seed, call.nowMs), call));
  },
};

/** A41: a draft of everything but the send: details, tags and messages, each message with a template of its own. */
function cloneOf(original: SimulatedCampaign, name: string, call: Call): SeedCampaign {
  return {
    ...original.details,
    name,
    id: call.ids.ulid(call.nowMs),
    channel: original.channel,
    status: "Draft",
    createdAt: new Date(call.nowMs).toISOString(),
    tags: original.tags,
    messages: original.messages.map((message) => cloneOfMessage(message, call.ids.ulid(call.nowMs), call)),
  };
}

function cloneOfMessage({ details }: SimulatedMessage, id: string, { account, nowMs }: Call): SeedMessage {
  const templateId = copyOf(details.templateId, account, nowMs);
  const { definition, imageId } = details;
  return { id, definition, ...(templateId !== undefined && { templateId }), ...(imageId !== undefined && { imageId }) };
}

function copyOf(templateId: string | undefined, account: Account, nowMs: number): string | undefined {
  const template = templateId === undefined ? undefined : account.template(templateId);
  return template && account.copyTemplate(template, nowMs);
}
