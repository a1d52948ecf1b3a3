import { createAudiencesContext } from "../audiences/audiences.context.js";
import { createCampaignsContext } from "../campaigns/campaigns.context.js";
import { createContentContext } from "../content/content.context.js";
import { createEstimationsContext } from "../estimations/estimations.context.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { ReadsUnderWay } from "../klaviyo/reads-under-way.js";
import { createMessagesContext } from "../messages/messages.context.js";
import { createMetricsContext } from "../metrics/metrics.context.js";
import type { Clock } from "../resilience/clock.js";
import { CampaignSendJobLoader } from "../send-jobs/campaign-send-job.loader.js";
import { CampaignStatisticsLoader } from "../statistics/campaign-statistics.loader.js";
import { createTagsContext } from "../tags/tags.context.js";
import type { Account } from "./account.js";

type MakeSlice = (account: Account, limits: () => ReadLimits, clock: Clock, reads: ReadsUnderWay) => object;

/** What each feature shares within a request, made when the first of it is asked for. */
const SLICES = {
  campaigns: ({ client }, limits) => createCampaignsContext(client, limits),
  sendJobs: ({ client }, limits) => ({ sendJobs: new CampaignSendJobLoader(client, limits) }),
  messages: ({ client }, limits) => createMessagesContext(client, limits),
  content: ({ client }, limits) => createContentContext(client, limits),
  tags: ({ client }, limits) => createTagsContext(client, limits),
  audiences: ({ client }, limits) => createAudiencesContext(client, limits),
  estimations: ({ client }, limits) => createEstimationsContext(client, limits),
  metrics: ({ client }, limits) => createMetricsContext(client, limits),
  statistics: ({ statisticsReports }, limits, clock, reads) => ({
    campaignStatistics: new CampaignStatisticsLoader(statisticsReports, { clock, limits, reads }),
  }),
} satisfies Readonly<Record<string, MakeSlice>>;

type SliceName = keyof typeof SLICES;
type KeysOf<T> = T extends unknown ? keyof T : never;
export type LoaderName = KeysOf<ReturnType<(typeof SLICES)[SliceName]>>;

const SLICE_OF: Readonly<Record<LoaderName, SliceName>> = {
  campaigns: "campaigns",
  sendJobs: "sendJobs",
  campaignMessages: "messages",
  messagesOfCampaign: "messages",
  templates: "content",
  images: "content",
  tags: "tags",
  tagGroups: "tags",
  campaignTags: "tags",
  lists: "audiences",
  segments: "audiences",
  listProfileCounts: "audiences",
  segmentProfileCounts: "audiences",
  recipientEstimations: "estimations",
  recipientEstimationJobs: "estimations",
  metrics: "metrics",
  campaignStatistics: "statistics",
};

export const LOADER_NAMES = Object.keys(SLICE_OF) as readonly LoaderName[];

/** What reads by ids, each in batches, for one request. */
export class RequestLoaders {
  private readonly slices = new Map<SliceName, object>();

  constructor(
    private readonly account: () => Account,
    private readonly limits: () => ReadLimits,
    private readonly clock: Clock,
    private readonly reads: ReadsUnderWay,
  ) {}

  get(name: LoaderName): unknown {
    return Reflect.get(this.sliceOf(SLICE_OF[name]), name);
  }

  /** What has been read may not be true any more. */
  forget(): void {
    this.slices.clear();
  }

  private sliceOf(name: SliceName): object {
    const known = this.slices.get(name);
    if (known) return known;
    const slice = SLICES[name](this.account(), this.limits, this.clock, this.reads);
    this.slices.set(name, slice);
    return slice;
  }
}
