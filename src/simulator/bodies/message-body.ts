import type { Account } from "../account/account.js";
import type { FoundMessage } from "../campaigns/campaign-store.js";
import { defaultDefinition } from "../campaigns/default-definition.js";
import type { SeedChannel } from "../campaigns/seed-campaign.js";
import type { MessageDetails } from "../campaigns/simulated-message.js";
import { invalidBody, unknownReference } from "../http/api-error.js";
import { isObject, type JsonObject } from "../json.js";
import { type Check, filledText, may, must, nullable, object, oneOf } from "./body-check.js";
import { decodeResource } from "./decode-resource.js";
import { definitionCheck, notificationTypeOf } from "./definition-checks.js";

export const IMAGE_RELATIONSHIP: Check = object({ image: may(reference("image")) });
const TEMPLATE_RELATIONSHIP: Check = object({ template: must(reference("template")) });
const UPDATE: Check = object({ definition: may(nullable(definitionCheck("update"))) });

/** A37: what is left out of a definition stays; `content`, `options` and `render_options` are merged field by field. */
export function decodeMessageChanges(body: unknown, { campaign, message }: FoundMessage, account: Account) {
  const shape = { attributes: UPDATE, relationships: IMAGE_RELATIONSHIP, pathId: message.id };
  const { attributes, relationships } = decodeResource(body, "campaign-message", shape);
  const definition = isObject(attributes["definition"]) ? attributes["definition"] : undefined;
  if (definition !== undefined && definition["channel"] !== campaign.channel) {
    const detail = `'channel' cannot change: it is '${campaign.channel}'.`;
    throw invalidBody("/data/attributes/definition/channel", detail);
  }
  const imageId = imageIdOf(relationships);
  const pointer = "/data/relationships/image/data/id";
  if (imageId !== undefined) checkImage({ imageId, channel: campaign.channel, pointer }, account);
  const changes: Partial<MessageDetails> = {
    ...(definition !== undefined && { definition: mergeDefinitions(message.details.definition, definition) }),
    ...(imageId !== undefined && { imageId }),
  };
  return changes;
}

/** The ids in the body of assign-template. */
export function decodeTemplateAssignment(body: unknown): { readonly messageId: string; readonly templateId: string } {
  const { id, relationships } = decodeResource(body, "campaign-message", { relationships: TEMPLATE_RELATIONSHIP });
  const templateId = idOf(relationships["template"]);
  if (templateId === undefined) {
    throw invalidBody("/data/relationships/template/data", "'data' is a required field.");
  }
  return { messageId: id, templateId };
}

export function imageIdOf(relationships: JsonObject | undefined): string | undefined {
  return idOf(relationships?.["image"]);
}

/** A35: an e-mail has its pictures in its template. */
export function checkImage(
  { imageId, channel, pointer }: { readonly imageId: string; readonly channel: SeedChannel; readonly pointer: string },
  account: Account,
): void {
  if (channel === "email") throw invalidBody(pointer, "'image' cannot be set for channel 'email'.");
  if (!account.images.has(imageId)) throw unknownReference(pointer, "image", imageId);
}

/** A38: what a new message leaves out is filled in with the account's defaults. */
export function completeDefinition(definition: JsonObject & { readonly channel: SeedChannel }): JsonObject {
  const { channel } = definition;
  if (channel !== "mobile_push") return mergeDefinitions(defaultDefinition(channel, ""), definition);
  const type = notificationTypeOf(definition);
  if (type === "silent") return { kv_pairs: null, ...definition, notification_type: type };
  return mergeDefinitions(defaultDefinition(channel, ""), { ...definition, notification_type: type });
}

function mergeDefinitions(before: JsonObject, after: JsonObject): JsonObject {
  // The two kinds of push have different fields: nothing of the one is left in the other.
  if (before["channel"] === "mobile_push" && "notification_type" in after) {
    if (before["notification_type"] !== after["notification_type"]) return after;
  }
  const merged = Object.entries(after).map(([name, value]) => {
    const old = before[name];
    const isMerged = name !== "kv_pairs" && isObject(old) && isObject(value);
    return [name, isMerged ? { ...old, ...value } : value] as const;
  });
  return { ...before, ...Object.fromEntries(merged) };
}

function reference(type: string): Check {
  return object({ data: may(object({ type: must(oneOf([type])), id: must(filledText) })) });
}

function idOf(relationship: unknown): string | undefined {
  const data = isObject(relationship) ? relationship["data"] : undefined;
  const id = isObject(data) ? data["id"] : undefined;
  return typeof id === "string" ? id : undefined;
}
