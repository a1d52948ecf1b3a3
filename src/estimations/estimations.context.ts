import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { readOneByOne } from "../klaviyo/read-one-by-one.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { createLoader, type ResourceLoader } from "../klaviyo/resource-loader.js";
import { CampaignRecipientEstimationJob } from "./recipient-estimation-job.type.js";
import { CampaignRecipientEstimation } from "./recipient-estimation.type.js";

/** What the estimations feature needs of a request. Klaviyo can only be asked for one estimation, or one job, at a time. */
export interface EstimationsContext {
  readonly recipientEstimations: ResourceLoader<CampaignRecipientEstimation>;
  readonly recipientEstimationJobs: ResourceLoader<CampaignRecipientEstimationJob>;
}

export function createEstimationsContext(client: KlaviyoClient, limits: () => ReadLimits): EstimationsContext {
  const { getCampaignRecipientEstimation, getCampaignRecipientEstimationJob } = OPERATIONS;
  return {
    recipientEstimations: createLoader(
      (resource) => new CampaignRecipientEstimation(resource),
      (ids, query) => readOneByOne(client, getCampaignRecipientEstimation, ids, query, limits()),
    ),
    recipientEstimationJobs: createLoader(
      (resource) => new CampaignRecipientEstimationJob(resource),
      (ids, query) => readOneByOne(client, getCampaignRecipientEstimationJob, ids, query, limits()),
    ),
  };
}
