import type { Campaign } from "../campaigns/campaign.type.js";
import type { Resource } from "../klaviyo/json-api.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { cloneCampaign as askToClone, createCampaign as askToCreate } from "../klaviyo/writes-api.js";
import { createCampaignBody } from "./campaign-body.js";
import type { CampaignCreateInput } from "./campaign.input.js";
import { readWritten } from "./read-written.js";
import { from, toWire } from "./write-body.js";
import type { Asked } from "./asked.js";
import { type WriteCall, WriteFlight } from "./write-flight.js";
import { DONE, refused, unknown, type WriteDescription } from "./write-verdicts.js";
import type { Verdict } from "./write.payload.js";
import { CloneCampaignPayload, CreateCampaignPayload } from "./written-campaign.payload.js";

/*
 * Both make a campaign whose id only Klaviyo's answer tells. If that is lost, nothing can be looked at that would prove anything:
 * names are not unique.
 */

/** Makes a campaign. */
export async function createCampaign(
  dependencies: WriteCall,
  input: CampaignCreateInput,
  query: ResourceQuery,
): Promise<CreateCampaignPayload> {
  const flight = new WriteFlight(dependencies);
  const body = createCampaignBody(input);
  const description = {
    operation: OPERATIONS.createCampaign,
    what: "create the campaign",
    body,
    noSuch: "such thing as one of those that the input names",
    advice: lookByName(input.name),
  };
  const asked = await flight.ask(description, (limits) =>
    askToCreate(dependencies.client, toWire(body), query, limits),
  );
  return new CreateCampaignPayload(await conclude(dependencies, flight, asked, query, description));
}

export interface CloneRequest {
  readonly id: string;
  readonly name: string | null | undefined;
  readonly query: ResourceQuery;
}

/** Copies a campaign. */
export async function cloneCampaign(
  dependencies: WriteCall,
  { id, name, query }: CloneRequest,
): Promise<CloneCampaignPayload> {
  const flight = new WriteFlight(dependencies);
  const attributes = { new_name: from("name", name ?? undefined) };
  const body = { data: { type: "campaign", id: from("id", id), attributes } };
  const description = {
    operation: OPERATIONS.cloneCampaign,
    what: `clone campaign ${id}`,
    body,
    noSuch: `campaign ${id}`,
    advice: lookByName(name ?? undefined),
  };
  const asked = await flight.ask(description, (limits) =>
    askToClone(dependencies.client, { id, body: toWire(body) }, query, limits),
  );
  return new CloneCampaignPayload(await conclude(dependencies, flight, asked, query, description));
}

async function conclude(
  { client }: WriteCall,
  flight: WriteFlight,
  asked: Asked<Resource>,
  query: ResourceQuery,
  description: WriteDescription,
): Promise<Verdict & { readonly campaign: Campaign | null }> {
  switch (asked.kind) {
    case "taken":
      return { ...DONE, campaign: await readWritten(client, flight, asked.value, query) };
    case "refused":
      return { ...refused(asked, description), campaign: null };
    case "unknown":
      return { ...unknown(asked.failure, description), campaign: null };
  }
}

function lookByName(name: string | undefined): string {
  const list = "List the campaigns, newest first, and look for the new one";
  const byName = name === undefined ? list : `${list} by its name`;
  return `${byName}, before asking again: that could make a second one.`;
}
