import { listResource } from "../../resources/audience-resource.js";
import { singleAnswer } from "../../resources/document.js";
import { includedOfAudiences } from "../../resources/included.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { found } from "../found.js";

export const getList: Route = {
  operation: "get_list",
  method: "GET",
  path: "/api/lists/{id}",
  since: "2023-02-22",
  scopes: ["lists:read"],
  limit: { burst: 75, steady: 750 },
  costlyParameter: { name: "additional-fields[list]", limit: { burst: 1, steady: 15 } },
  parameters: {
    "additional-fields[list]": { kind: "list", values: ["profile_count"] },
    "fields[flow]": FIELDSETS.flow,
    "fields[list]": FIELDSETS["list-with-count"],
    "fields[tag]": FIELDSETS.tag,
    include: { kind: "list", values: ["flow-triggers", "tags"] },
  },
  handle: (call) => {
    const list = found(call.account.lists.get(call.id), "list", call.id);
    return singleAnswer(call, 200, listResource(list, call), includedOfAudiences([list], call));
  },
};
