import { CampaignRecipientEstimationJob } from "../estimations/recipient-estimation-job.type.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { refreshCampaignRecipientEstimation } from "../klaviyo/writes-api.js";
import { RefreshCampaignRecipientEstimationPayload as Payload } from "./refresh-estimation.payload.js";
import { from } from "./write-body.js";
import { type WriteCall, WriteFlight } from "./write-flight.js";
import { ACCEPTED, refused, unknown } from "./write-verdicts.js";

/**
 * Starts an estimation. After an outcome that nobody knows there is nothing to look at: a job that is seen then may be an older
 * one, about the audiences of before.
 */
export async function refreshEstimation(dependencies: WriteCall, id: string): Promise<Payload> {
  const description = {
    operation: OPERATIONS.refreshCampaignRecipientEstimation,
    what: `estimate the recipients of campaign ${id}`,
    body: { data: { id: from("id", id) } },
    noSuch: `campaign ${id}`,
    advice: "Asking again is harmless.",
  };
  const asked = await new WriteFlight(dependencies).ask(description, (limits) =>
    refreshCampaignRecipientEstimation(dependencies.client, id, limits),
  );
  switch (asked.kind) {
    case "taken":
      return new Payload({ ...ACCEPTED, estimationJob: new CampaignRecipientEstimationJob(asked.value) });
    case "refused":
      return new Payload({ ...refused(asked, description), estimationJob: null });
    case "unknown":
      return new Payload({ ...unknown(asked.failure, description), estimationJob: null });
  }
}
