import { SendCampaignService } from "../editing/send-campaign.service.js";
import type { GatewaySchemaParts } from "../graph/gateway-schema.js";
import { RunningWork } from "../resilience/running-work.js";
import { CancelCampaignSendService } from "../send-jobs/cancel-campaign-send.service.js";
import { ReadBack } from "../send-jobs/read-back.js";
import { MemoryStatistics } from "../statistics/memory-statistics.js";
import { StatisticsReports } from "../statistics/statistics-reports.js";
import type { Upstream } from "./create-upstream.js";
import type { Surroundings } from "./surroundings.js";

/** What resolvers call beyond reading. */
export interface UseCases extends Pick<
  GatewaySchemaParts,
  "client" | "cancelCampaignSend" | "sendCampaign" | "writes"
> {
  readonly statisticsReports: StatisticsReports;
  /** Writes under way; some go on when their request has been answered. */
  readonly running: RunningWork;
}

export function createUseCases({ config, clock, random }: Surroundings, { client, sharing }: Upstream): UseCases {
  const running = new RunningWork();
  const writes = { client, clock, random, deadlineMs: config.WRITE_DEADLINE_MS, running };
  const cancelCampaignSend = new CancelCampaignSendService({
    client,
    readBack: new ReadBack(client, clock),
    clock,
    random,
    settings: { deadlineMs: config.CANCEL_DEADLINE_MS, waitMs: config.CANCEL_WAIT_MS },
    running,
    register: sharing.register,
  });
  const statisticsReports = new StatisticsReports({
    client,
    clock,
    store: sharing.statistics(new MemoryStatistics(clock)),
    maxAgeMs: config.STATISTICS_MAX_AGE_MS,
    reportTimeMs: config.QUERY_DEADLINE_MS,
  });
  return {
    client,
    cancelCampaignSend,
    sendCampaign: new SendCampaignService(writes),
    writes,
    statisticsReports,
    running,
  };
}
