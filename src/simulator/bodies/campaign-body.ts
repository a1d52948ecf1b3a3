import type { Account } from "../account/account.js";
import { type CampaignDetails, defaultTracking } from "../campaigns/campaign-details.js";
import type { SeedChannel, SeedMessage } from "../campaigns/seed-campaign.js";
import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import { invalidBodies, unknownReference } from "../http/api-error.js";
import type { JsonObject } from "../json.js";
import { type Check, filledText, listOf, may, must, nullable, object, oneOf } from "./body-check.js";
import { createAudiences, sendOptions, sendStrategy, trackingOptions, updateAudiences } from "./campaign-checks.js";
import { decodeResource } from "./decode-resource.js";
import { definitionCheck } from "./definition-checks.js";
import { checkImage, completeDefinition, imageIdOf, IMAGE_RELATIONSHIP } from "./message-body.js";

const ATTRIBUTES = "/data/attributes";

interface SentAttributes {
  readonly name?: string | null;
  readonly audiences?: {
    readonly included?: readonly string[] | null;
    readonly excluded?: readonly string[] | null;
  } | null;
  readonly send_options?: { readonly use_smart_sending?: boolean | null } | null;
  readonly tracking_options?: JsonObject | null;
  readonly send_strategy?: JsonObject | null;
}

interface SentMessage {
  readonly attributes: { readonly definition: JsonObject & { readonly channel: SeedChannel } };
  readonly relationships?: JsonObject;
}

export interface NewCampaign {
  readonly channel: SeedChannel;
  readonly details: CampaignDetails;
  readonly messages: readonly SeedMessage[];
}

const MESSAGE: Check = object({
  type: must(oneOf(["campaign-message"])),
  attributes: must(object({ definition: must(definitionCheck("create")) })),
  relationships: may(IMAGE_RELATIONSHIP),
});

/** Whether tracking options are legal depends on the channel, which is known only after the messages were checked. */
const anyTracking = may(() => []);

const CREATE: Check = object({
  name: must(filledText),
  audiences: must(createAudiences),
  send_strategy: may(nullable(sendStrategy)),
  send_options: may(nullable(sendOptions)),
  tracking_options: anyTracking,
  "campaign-messages": must(object({ data: must(listOf(MESSAGE, 1)) })),
});

const UPDATE: Check = object({
  name: may(nullable(filledText)),
  audiences: may(nullable(updateAudiences)),
  send_options: may(nullable(sendOptions)),
  tracking_options: anyTracking,
  send_strategy: may(nullable(sendStrategy)),
});

export function decodeNewCampaign(body: unknown, account: Account): NewCampaign {
  const { attributes } = decodeResource(body, "campaign", { isNew: true, attributes: CREATE });
  const sent = attributes as SentAttributes;
  const { data } = attributes["campaign-messages"] as { readonly data: readonly SentMessage[] };
  const channel = onlyChannel(data);
  const before: CampaignDetails = {
    name: "",
    audiences: { included: [], excluded: [] },
    usesSmartSending: true,
    trackingOptions: defaultTracking(channel),
    sendStrategy: { method: "immediate" },
  };
  return {
    channel,
    details: { ...before, ...changesOf(sent, before, channel, account) },
    messages: data.map((message, index) => newMessage(message, index, channel, account)),
  };
}

/** What a body changes of a campaign. A37: null leaves a field as it is, just like its absence. */
export function decodeCampaignChanges(
  body: unknown,
  campaign: SimulatedCampaign,
  account: Account,
): Partial<CampaignDetails> {
  const { attributes } = decodeResource(body, "campaign", { attributes: UPDATE, pathId: campaign.id });
  return changesOf(attributes as SentAttributes, campaign.details, campaign.channel, account);
}

function changesOf(
  sent: SentAttributes,
  before: CampaignDetails,
  channel: SeedChannel,
  account: Account,
): Partial<CampaignDetails> {
  const tracking = sent.tracking_options ?? undefined;
  const faults = tracking === undefined ? [] : trackingOptions(channel)(tracking, `${ATTRIBUTES}/tracking_options`);
  if (faults.length > 0) throw invalidBodies(faults);
  const included = sent.audiences?.included ?? before.audiences.included;
  const excluded = sent.audiences?.excluded ?? before.audiences.excluded;
  checkAudiences({ included, excluded }, before.audiences, account);
  return {
    ...(sent.name != null && { name: sent.name }),
    audiences: { included, excluded },
    usesSmartSending: sent.send_options?.use_smart_sending ?? before.usesSmartSending,
    ...(tracking !== undefined && { trackingOptions: { ...before.trackingOptions, ...withoutNulls(tracking) } }),
    ...(sent.send_strategy != null && { sendStrategy: sent.send_strategy }),
  };
}

/** What the campaign had before is not looked up again: a seed may name audiences that the account does not have. */
function checkAudiences(
  after: CampaignDetails["audiences"],
  before: CampaignDetails["audiences"],
  account: Account,
): void {
  for (const side of ["included", "excluded"] as const) {
    const unknown = after[side].findIndex((id) => !before[side].includes(id) && account.audience(id) === undefined);
    if (unknown < 0) continue;
    throw unknownReference(`${ATTRIBUTES}/audiences/${side}/${unknown}`, "list or segment", after[side][unknown] ?? "");
  }
}

function newMessage(
  { attributes, relationships }: SentMessage,
  index: number,
  channel: SeedChannel,
  account: Account,
): SeedMessage {
  const imageId = imageIdOf(relationships);
  const pointer = `${ATTRIBUTES}/campaign-messages/data/${index}/relationships/image/data/id`;
  if (imageId !== undefined) checkImage({ imageId, channel, pointer }, account);
  return { definition: completeDefinition(attributes.definition), ...(imageId !== undefined && { imageId }) };
}

/** A35: a campaign has one channel, that of all its messages. */
function onlyChannel(messages: readonly SentMessage[]): SeedChannel {
  const channels = messages.map(({ attributes }) => attributes.definition.channel);
  const [first = "email"] = channels;
  const other = channels.findIndex((channel) => channel !== first);
  if (other < 0) return first;
  const pointer = `${ATTRIBUTES}/campaign-messages/data/${other}/attributes/definition/channel`;
  throw invalidBodies([{ pointer, detail: `All messages of a campaign must have the same channel, '${first}'.` }]);
}

function withoutNulls(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null));
}
