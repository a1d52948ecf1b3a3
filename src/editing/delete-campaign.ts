import { getCampaign } from "../klaviyo/campaigns-api.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { attributesQuery } from "../klaviyo/resource-query.js";
import { deleteCampaign as askToDelete } from "../klaviyo/writes-api.js";
import { DeleteCampaignPayload } from "./delete-campaign.payload.js";
import { type WriteCall, WriteFlight } from "./write-flight.js";
import { DONE, refused, unknown } from "./write-verdicts.js";

const IDENTITY = attributesQuery("campaign", []);

/** Deletes a campaign. After an outcome that nobody knows it looks whether the campaign is still there. */
export async function deleteCampaign(dependencies: WriteCall, id: string): Promise<DeleteCampaignPayload> {
  const { client } = dependencies;
  const flight = new WriteFlight(dependencies);
  const description = {
    operation: OPERATIONS.deleteCampaign,
    what: `delete campaign ${id}`,
    noSuch: `campaign ${id}`,
    advice: "Query the campaign in a moment: null means that it is gone. Asking again is harmless.",
  };
  const asked = await flight.ask(description, (limits) => askToDelete(client, id, limits));
  if (asked.kind === "taken") return new DeleteCampaignPayload({ ...DONE, deletedId: id });
  if (asked.kind === "refused") return new DeleteCampaignPayload({ ...refused(asked, description), deletedId: null });
  const looked = await flight.lookUntil(
    (limits) => getCampaign(client, id, IDENTITY, limits),
    (campaign) => campaign === null,
  );
  if (looked.kind === "seen" && !looked.value) return new DeleteCampaignPayload({ ...DONE, deletedId: id });
  const seen = looked.kind === "seen" ? "When it was last looked at, the campaign was still there." : "";
  return new DeleteCampaignPayload({ ...unknown(asked.failure, description, seen), deletedId: null });
}
