import { cancelCampaignSend } from "./operations/cancel-campaign-send.js";
import { getCampaign } from "./operations/get-campaign.js";
import { getCampaignSendJob } from "./operations/get-campaign-send-job.js";
import { getCampaigns } from "./operations/get-campaigns.js";
import { sendCampaign } from "./operations/send-campaign.js";
import type { Route } from "./route.js";

/** The operations that the simulator knows. */
export const ROUTES: readonly Route[] = [
  getCampaigns,
  getCampaign,
  getCampaignSendJob,
  sendCampaign,
  cancelCampaignSend,
];
