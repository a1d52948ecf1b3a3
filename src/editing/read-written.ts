import { Campaign } from "../campaigns/campaign.type.js";
import { getCampaign } from "../klaviyo/campaigns-api.js";
import type { Resource } from "../klaviyo/json-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import type { WriteFlight } from "./write-flight.js";

/**
 * The campaign that a write has answered, with all that was asked for. A write answers attributes alone, so one more read brings
 * what the campaign links to. If that fails, the fields that need it read it on their own, and have their own errors.
 */
export async function readWritten(
  client: KlaviyoClient,
  flight: WriteFlight,
  written: Resource,
  query: ResourceQuery,
): Promise<Campaign> {
  if (Object.keys(query.include).length === 0) return new Campaign(written);
  const looked = await flight.lookUntil((limits) => getCampaign(client, written.id, query, limits));
  return new Campaign(looked.kind === "seen" && looked.value ? looked.value : written);
}
