import type { WriteDependencies } from "../editing/write-flight.js";
import type { SendCampaignService } from "../editing/send-campaign.service.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { CancelCampaignSendService } from "../send-jobs/cancel-campaign-send.service.js";
import type { StatisticsReports } from "../statistics/statistics-reports.js";

/** What one credential of Klaviyo's lets callers do. Whatever is kept, counted or under way in it is of this credential alone. */
export interface Account {
  readonly client: KlaviyoClient;
  readonly cancelCampaignSend: CancelCampaignSendService;
  readonly sendCampaign: SendCampaignService;
  readonly writes: WriteDependencies;
  readonly statisticsReports: StatisticsReports;
}
