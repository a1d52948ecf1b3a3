import { CAMPAIGNS_PAGE_MAXIMUM, type Channel, CHANNELS, getCampaign, getCampaigns } from "../klaviyo/campaigns-api.js";
import { KlaviyoError } from "../klaviyo/failure.js";
import type { Resource } from "../klaviyo/json-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { chunks } from "../klaviyo/resources-api.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { channelOrderOf } from "./channel-order.js";

/** What became of each id: the campaign, null if Klaviyo has none, or the error that kept us from knowing. */
export type CampaignsById = ReadonlyMap<string, Resource | null | Error>;

/**
 * Reads campaigns by id in as few calls as Klaviyo permits. `any(id,[...])` needs a channel, and an id does not tell its channel,
 * so the likeliest one is asked first, and then all others for what it did not have: a call for each channel at most, which is worth it
 * for more ids than there are channels. A list has archived campaigns or
 * the others, and perhaps not the channels of tomorrow, so being absent from it proves nothing; only `GET /api/campaigns/{id}` may say "no such
 * campaign".
 */
export async function readCampaigns(
  client: KlaviyoClient,
  ids: readonly string[],
  query: ResourceQuery,
  limits: () => ReadLimits,
): Promise<CampaignsById> {
  const found = new Map<string, Resource | null | Error>();
  const read = { client, query, limits, found };
  if (isWorthLists(ids))
    for (const archived of [false, true]) {
      const missing = ids.filter((id) => !found.has(id));
      if (isWorthLists(missing)) await readFromLists(read, missing, archived);
    }
  await readOneByOne(read, found.size === 0 ? ids : ids.filter((id) => !found.has(id)));
  return found;
}

/** Lists take a call for each channel at most. */
function isWorthLists({ length }: readonly string[]): boolean {
  return length > CHANNELS.length;
}

interface Read {
  readonly client: KlaviyoClient;
  readonly query: ResourceQuery;
  /** Asked for each call, since the time that is left shrinks. */
  readonly limits: () => ReadLimits;
  readonly found: Map<string, Resource | null | Error>;
}

async function readFromLists(read: Read, ids: readonly string[], archived: boolean): Promise<void> {
  const { client, found } = read;
  const failures: PromiseRejectedResult[] = [];
  const missing = () => ids.filter((id) => !found.has(id));
  for (const channels of channelOrderOf(client).rounds) {
    const wanted = missing();
    const round = await Promise.all(channels.map((channel) => readFromList(read, wanted, archived, channel)));
    failures.push(...round.flat());
  }
  const [failed] = failures;
  // Asking one by one what a list could not answer would multiply an outage: those ids share the list's error. A list that was
  // refused for what it asked is another matter: that says nothing about the single reads.
  if (!failed || isRefusedQuestion(failed.reason)) return;
  for (const id of missing()) found.set(id, asError(failed.reason));
}

/** @returns what failed */
async function readFromList(
  { client, query: resource, limits, found }: Read,
  ids: readonly string[],
  archived: boolean,
  channel: Channel,
): Promise<readonly PromiseRejectedResult[]> {
  const pages = chunks(ids, CAMPAIGNS_PAGE_MAXIMUM).map(async (chunk) => {
    const query = { channel, ids: chunk, archived, resource, pageSize: CAMPAIGNS_PAGE_MAXIMUM };
    const { resources } = await getCampaigns(client, query, limits());
    const wanted = new Set(chunk);
    const read = resources.filter(({ id }) => wanted.has(id));
    for (const campaign of read) found.set(campaign.id, campaign);
    channelOrderOf(client).record(channel, read.length);
  });
  return (await Promise.allSettled(pages)).filter((result) => result.status === "rejected");
}

function isRefusedQuestion(error: unknown): boolean {
  const failure = error instanceof KlaviyoError ? error.failure : undefined;
  return failure?.kind === "refused" && failure.status !== 401 && failure.status !== 403;
}

function readOneByOne({ client, query, limits, found }: Read, ids: readonly string[]): Promise<unknown> {
  const keep = (id: string, read: Resource | null | Error) => void found.set(id, read);
  const reads = ids.map((id) =>
    getCampaign(client, id, query, limits()).then(
      (read) => keep(id, read),
      (error: unknown) => keep(id, asError(error)),
    ),
  );
  return Promise.all(reads);
}
