import { CAMPAIGNS_PAGE_MAXIMUM, type Channel, CHANNELS, getCampaign, getCampaigns } from "../klaviyo/campaigns-api.js";
import { KlaviyoError } from "../klaviyo/failure.js";
import type { Resource } from "../klaviyo/json-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import type { FoundInOrder } from "../klaviyo/resource-loader.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { chunks } from "../klaviyo/resources-api.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { channelOrderOf } from "./channel-order.js";

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
): Promise<FoundInOrder<Resource>> {
  const read: Read = { client, query, limits, all: [], byId: new Map() };
  const places = ids.map((id) => wantedOf(read, id));
  for (const archived of [false, true]) if (isWorthLists(missing(read))) await readFromLists(read, archived);
  await Promise.all(missing(read).map((wanted) => readAlone(read, wanted)));
  return places.map(({ found }) => found ?? null);
}

/** A campaign that is asked for, and what became of it: null if Klaviyo has none, or the error that kept us from knowing. */
interface Wanted {
  readonly id: string;
  found: Resource | null | Error | undefined;
}

interface Read {
  readonly client: KlaviyoClient;
  readonly query: ResourceQuery;
  /** Asked for each call, since the time that is left shrinks. */
  readonly limits: () => ReadLimits;
  /** Each id once. */
  readonly all: Wanted[];
  readonly byId: Map<string, Wanted>;
}

/** One for each id, however often it is asked for. */
function wantedOf({ all, byId }: Read, id: string): Wanted {
  const known = byId.get(id);
  if (known) return known;
  const wanted = { id, found: undefined };
  byId.set(id, wanted);
  all.push(wanted);
  return wanted;
}

function missing({ all }: Read): readonly Wanted[] {
  return all.filter(({ found }) => found === undefined);
}

/** Lists take a call for each channel at most. */
function isWorthLists({ length }: readonly Wanted[]): boolean {
  return length > CHANNELS.length;
}

async function readFromLists(read: Read, archived: boolean): Promise<void> {
  const failures: PromiseRejectedResult[] = [];
  for (const channels of channelOrderOf(read.client).rounds) {
    const ids = missing(read).map(({ id }) => id);
    const round = await Promise.all(channels.map((channel) => readFromList(read, ids, archived, channel)));
    failures.push(...round.flat());
  }
  const [failed] = failures;
  // Asking one by one what a list could not answer would multiply an outage: those ids share the list's error. A list that was
  // refused for what it asked is another matter: that says nothing about the single reads.
  if (!failed || isRefusedQuestion(failed.reason)) return;
  for (const wanted of missing(read)) wanted.found = asError(failed.reason);
}

/** @returns what failed */
async function readFromList(
  { client, query: resource, limits, byId }: Read,
  ids: readonly string[],
  archived: boolean,
  channel: Channel,
): Promise<readonly PromiseRejectedResult[]> {
  const pages = chunks(ids, CAMPAIGNS_PAGE_MAXIMUM).map(async (chunk) => {
    const query = { channel, ids: chunk, archived, resource, pageSize: CAMPAIGNS_PAGE_MAXIMUM };
    const { resources } = await getCampaigns(client, query, limits());
    let count = 0;
    for (const campaign of resources) {
      const wanted = byId.get(campaign.id);
      if (!wanted) continue;
      wanted.found = campaign;
      count += 1;
    }
    channelOrderOf(client).record(channel, count);
  });
  return (await Promise.allSettled(pages)).filter((result) => result.status === "rejected");
}

function isRefusedQuestion(error: unknown): boolean {
  const failure = error instanceof KlaviyoError ? error.failure : undefined;
  return failure?.kind === "refused" && failure.status !== 401 && failure.status !== 403;
}

async function readAlone({ client, query, limits }: Read, wanted: Wanted): Promise<void> {
  wanted.found = await getCampaign(client, wanted.id, query, limits()).catch(asError);
}
