import { decodeResource, type Resource } from "./json-api.js";
import type { CallOptions } from "./call-options.js";
import type { KlaviyoClient } from "./klaviyo-client.js";
import { OPERATIONS } from "./operations.js";
import { decoded, nullWhenNotFound, type ReadLimits } from "./reading.js";
import type { Revision } from "./revisions.js";

/** `cancel` stops a send for good; `revert` takes the campaign back to draft. */
export type SendJobAction = "cancel" | "revert";

/** @param id the campaign's id, which is also its send job's. @returns null when there is no such job. @throws KlaviyoError */
export async function getCampaignSendJob(
  client: KlaviyoClient,
  id: string,
  limits: ReadLimits,
): Promise<Resource | null> {
  const operation = OPERATIONS.getCampaignSendJob;
  return nullWhenNotFound(
    client.read(operation, { ...limits, id }, (document) =>
      decoded(operation, () => decodeResource(document, "campaign-send-job", id)),
    ),
  );
}

/**
 * Asks Klaviyo to stop a send, once. Success means that Klaviyo took the action on, not that it is done: it answers 204 with no
 * body and works on asynchronously. It takes no signal on purpose: a client that leaves does not take a cancel back.
 * @throws KlaviyoError
 */
export async function cancelCampaignSend(
  client: KlaviyoClient,
  request: { readonly id: string; readonly action: SendJobAction; readonly revision: Revision },
  limits: Pick<CallOptions, "remainingMs" | "patienceMs" | "mayBegin">,
): Promise<void> {
  const { id, action, revision } = request;
  const body = { data: { type: "campaign-send-job", id, attributes: { action } } };
  await client.call(OPERATIONS.cancelCampaignSend, { ...limits, id, revision, body, lane: "critical" });
}
