import { Campaign } from "../campaigns/campaign.type.js";
import { getCampaign } from "../klaviyo/campaigns-api.js";
import type { KlaviyoFailure } from "../klaviyo/failure.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { attributesQuery, mergeQueries, type ResourceQuery } from "../klaviyo/resource-query.js";
import { updateResource } from "../klaviyo/writes-api.js";
import { updateCampaignBody } from "./campaign-body.js";
import type { CampaignUpdateInput } from "./campaign.input.js";
import { isAsWritten } from "./is-as-written.js";
import { readWritten } from "./read-written.js";
import { toWire } from "./write-body.js";
import { type WriteCall, WriteFlight } from "./write-flight.js";
import { DONE, missing, refused, unknown, type WriteDescription } from "./write-verdicts.js";
import { UpdateCampaignPayload } from "./written-campaign.payload.js";

export interface UpdateRequest {
  readonly id: string;
  readonly input: CampaignUpdateInput;
  /** What the caller wants to see of the campaign. */
  readonly query: ResourceQuery;
}

/** Changes a campaign. After an outcome that nobody knows it looks whether the campaign is as it should be. */
export async function updateCampaign(
  dependencies: WriteCall,
  { id, input, query }: UpdateRequest,
): Promise<UpdateCampaignPayload> {
  const { client } = dependencies;
  const flight = new WriteFlight(dependencies);
  const { body, attributes } = updateCampaignBody(id, input);
  const operation = OPERATIONS.updateCampaign;
  const campaign = `campaign ${id}`;
  const description = {
    operation,
    what: `change ${campaign}`,
    body,
    // Audiences are the one thing besides the campaign that an update refers to.
    noSuch: input.audiences ? `${campaign}, or no such thing as one of those that the input names` : campaign,
    advice: "Query the campaign in a moment. Asking again is harmless.",
  };
  const update = { operation, id, body: toWire(body) };
  const asked = await flight.ask(description, (limits) => updateResource(client, update, query, limits));
  switch (asked.kind) {
    case "taken":
      return new UpdateCampaignPayload({ ...DONE, campaign: await readWritten(client, flight, asked.value, query) });
    case "refused":
      return new UpdateCampaignPayload({ ...refused(asked, description), campaign: null });
    case "unknown": {
      const wanted = { id, query, attributes: toWire(attributes) };
      return lookWhetherChanged(dependencies, flight, wanted, asked.failure, description);
    }
  }
}

async function lookWhetherChanged(
  { client }: WriteCall,
  flight: WriteFlight,
  { id, query, attributes }: { readonly id: string; readonly query: ResourceQuery; readonly attributes: object },
  failure: KlaviyoFailure,
  description: WriteDescription,
): Promise<UpdateCampaignPayload> {
  const enough = mergeQueries(query, attributesQuery("campaign", Object.keys(attributes)));
  const looked = await flight.lookUntil(
    (limits) => getCampaign(client, id, enough, limits),
    (resource) => resource === null || isAsWritten(attributes, resource.attributes),
  );
  if (looked.kind === "failed") return new UpdateCampaignPayload({ ...unknown(failure, description), campaign: null });
  if (!looked.value) return new UpdateCampaignPayload({ ...missing({ noSuch: `campaign ${id}` }), campaign: null });
  const campaign = new Campaign(looked.value);
  if (isAsWritten(attributes, looked.value.attributes)) return new UpdateCampaignPayload({ ...DONE, campaign });
  const seen = "When it was last looked at, the campaign was not, or not wholly, as it should be.";
  return new UpdateCampaignPayload({ ...unknown(failure, description, seen), campaign });
}
