import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import { notFound } from "../http/api-error.js";
import type { Call } from "../route.js";

export function findCampaign(call: Call, id: string): SimulatedCampaign {
  const campaign = call.store.find(id);
  if (campaign === undefined) throw notFound(`A campaign with id ${id} does not exist.`);
  return campaign;
}
