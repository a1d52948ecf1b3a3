import type { FoundMessage } from "../campaigns/campaign-store.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { messageRelationships, messageTimes } from "./campaign-message-resource.js";
import { type Resource, urlOf } from "./document.js";

/** The shape that messages had before 2025-01-15. Assigning a template still answers with it, at every revision. */
export function oldMessageResource(found: FoundMessage, call: Call): Resource {
  const { id, details } = found.message;
  const { channel, label = "", content = {}, render_options: renderOptions = null } = details.definition;
  const attributes = {
    label: label ?? "",
    channel,
    content: content ?? {},
    render_options: renderOptions,
    ...messageTimes(found, call.nowMs),
  };
  return {
    type: "campaign-message",
    id,
    attributes: sparse(attributes, listOf(call.query, "fields[campaign-message]")),
    relationships: messageRelationships(found, call),
    links: { self: urlOf(call, "campaign-messages", id) },
  };
}
