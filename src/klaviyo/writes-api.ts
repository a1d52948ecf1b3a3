import { decodeNewResource, decodeResource, type Resource } from "./json-api.js";
import type { CallOptions } from "./call-options.js";
import type { KlaviyoClient } from "./klaviyo-client.js";
import { OPERATIONS, type WriteOperation } from "./operations.js";
import { decoded } from "./reading.js";
import { attributesQuery, queryParameters, type ResourceQuery } from "./resource-query.js";

/*
 * One attempt of one write each. None takes a signal, on purpose: a client that leaves does not take back a write that has gone
 * out. None repeats anything: whether that is safe is for its caller to know. All throw KlaviyoError.
 *
 * An answer that says 2xx and cannot be read is a failure here: it may have come from something between Klaviyo and us.
 */

/** What is left of a write's time, and whose it is; the same for the reads that look at its effect. */
export type WriteLimits = Pick<CallOptions, "remainingMs" | "patienceMs" | "mayBegin" | "caller" | "isLook">;

/** Every body is a JSON:API document, written as it stands. */
export type WriteBody = object;

/** Starts a send. Klaviyo answers 202 and works on. @returns the send job, whose id is the campaign's */
export async function sendCampaign(client: KlaviyoClient, id: string, limits: WriteLimits): Promise<Resource> {
  const body = { data: { type: "campaign-send-job", id } };
  const operation = OPERATIONS.sendCampaign;
  const query = fieldsets(attributesQuery("campaign-send-job", ["status"]));
  const document = await client.call(operation, { ...limits, query, body });
  return decoded(operation, () => decodeResource(document, "campaign-send-job", id));
}

/** Klaviyo answers 204: it is gone, and there is no way back. */
export async function deleteCampaign(client: KlaviyoClient, id: string, limits: WriteLimits): Promise<void> {
  await client.call(OPERATIONS.deleteCampaign, { ...limits, id });
}

/** @returns the new campaign, with the attributes of `query`; relationships do not come along */
export async function createCampaign(
  client: KlaviyoClient,
  body: WriteBody,
  query: ResourceQuery,
  limits: WriteLimits,
): Promise<Resource> {
  const operation = OPERATIONS.createCampaign;
  const document = await client.call(operation, { ...limits, query: fieldsets(query), body });
  return decoded(operation, () => decodeNewResource(document, "campaign"));
}

/** @param id that of the original. @returns the copy, with the attributes of `query`; relationships do not come along */
export async function cloneCampaign(
  client: KlaviyoClient,
  { id, body }: { readonly id: string; readonly body: WriteBody },
  query: ResourceQuery,
  limits: WriteLimits,
): Promise<Resource> {
  const operation = OPERATIONS.cloneCampaign;
  const document = await client.call(operation, { ...limits, query: fieldsets(query), body });
  return decoded(operation, () => decodeNewResource(document, "campaign", id));
}

/** Starts to estimate. Klaviyo answers 202 and works on. @returns the job, whose id is the campaign's */
export async function refreshCampaignRecipientEstimation(
  client: KlaviyoClient,
  id: string,
  limits: WriteLimits,
): Promise<Resource> {
  const type = "campaign-recipient-estimation-job";
  const operation = OPERATIONS.refreshCampaignRecipientEstimation;
  const query = fieldsets(attributesQuery(type, ["status"]));
  const document = await client.call(operation, { ...limits, query, body: { data: { type, id } } });
  return decoded(operation, () => decodeResource(document, type, id));
}

export interface ResourceUpdate {
  readonly operation: WriteOperation;
  readonly id: string;
  readonly body: WriteBody;
}

/** @returns the resource as it is now, with the attributes of `query`; relationships do not come along */
export async function updateResource(
  client: KlaviyoClient,
  { operation, id, body }: ResourceUpdate,
  query: ResourceQuery,
  limits: WriteLimits,
): Promise<Resource> {
  const document = await client.call(operation, { ...limits, id, query: fieldsets(query), body });
  return decoded(operation, () => decodeResource(document, query.type, id));
}

/**
 * Klaviyo copies the template and gives the message the copy. It answers the message in a shape of before 2025, of which only the
 * identity is checked: what the message is now has to be read.
 */
export async function assignTemplateToCampaignMessage(
  client: KlaviyoClient,
  { id, body }: { readonly id: string; readonly body: WriteBody },
  limits: WriteLimits,
): Promise<void> {
  const operation = OPERATIONS.assignTemplateToCampaignMessage;
  const query = fieldsets(attributesQuery("campaign-message", []));
  const document = await client.call(operation, { ...limits, query, body });
  decoded(operation, () => decodeResource(document, "campaign-message", id));
}

/** Klaviyo answers 204. */
export async function updateCampaignMessageImage(
  client: KlaviyoClient,
  { id, body }: { readonly id: string; readonly body: WriteBody },
  limits: WriteLimits,
): Promise<void> {
  await client.call(OPERATIONS.updateCampaignMessageImage, { ...limits, id, body });
}

/** `fields[...]` of a write, which Klaviyo takes from 2026-04-15 on; `include` it never takes. */
function fieldsets({ type, attributes }: ResourceQuery): ReturnType<typeof queryParameters> {
  return queryParameters({ type, attributes, include: {} });
}
