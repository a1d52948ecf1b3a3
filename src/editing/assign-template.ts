import { OPERATIONS } from "../klaviyo/operations.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { assignTemplateToCampaignMessage } from "../klaviyo/writes-api.js";
import { MessageFlight, type WrittenMessage } from "./message-flight.js";
import { from, toWire } from "./write-body.js";
import type { WriteCall } from "./write-flight.js";
import { refused, unknown } from "./write-verdicts.js";

export interface AssignTemplateRequest {
  readonly id: string;
  readonly templateId: string;
  /** What the caller wants to see of the message; undefined for nothing. */
  readonly query: ResourceQuery | undefined;
}

/**
 * Gives a message a copy of a template. After an outcome that nobody knows there is nothing to look at: the copy has an id of its
 * own, so a message's template does not tell which one it was copied from.
 */
export async function assignTemplate(
  dependencies: WriteCall,
  { id, templateId, query }: AssignTemplateRequest,
): Promise<WrittenMessage> {
  const template = { data: { type: "template", id: from("templateId", templateId) } };
  const body = { data: { type: "campaign-message", id: from("id", id), relationships: { template } } };
  const description = {
    operation: OPERATIONS.assignTemplateToCampaignMessage,
    what: `give message ${id} the template ${templateId}`,
    body,
    noSuch: `message ${id}, or no template ${templateId}`,
    advice:
      "Look at the message's template. Asking again gives it another copy, which is harmless unless the copy was edited.",
  };
  const message = new MessageFlight(dependencies, id, query, description);
  const asked = await message.flight.ask(description, (limits) =>
    assignTemplateToCampaignMessage(dependencies.client, { id, body: toWire(body) }, limits),
  );
  switch (asked.kind) {
    case "taken":
      return message.done();
    case "refused":
      return { ...refused(asked, description), message: null };
    case "unknown":
      return { ...unknown(asked.failure, description), message: null };
  }
}
