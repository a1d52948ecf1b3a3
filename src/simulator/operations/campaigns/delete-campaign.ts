import { isStoppable } from "../../campaigns/campaign-status.js";
import { emptyAnswer } from "../../http/answer.js";
import { invalidBody } from "../../http/api-error.js";
import type { Route } from "../../route.js";
import { findCampaign } from "../find-campaign.js";

export const deleteCampaign: Route = {
  operation: "delete_campaign",
  method: "DELETE",
  path: "/api/campaigns/{id}",
  since: "2023-02-22",
  scopes: ["campaigns:write"],
  limit: { burst: 10, steady: 150 },
  parameters: {},
  handle: (call) => {
    const campaign = findCampaign(call, call.id);
    const status = campaign.statusAt(call.nowMs);
    // A40: no page says what may be deleted; what is on its way to people must be stopped first.
    if (isStoppable(status)) throw invalidBody("/data", `A campaign in status '${status}' cannot be deleted.`);
    call.store.remove(campaign.id);
    return emptyAnswer(204);
  },
};
