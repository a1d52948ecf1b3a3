import { segmentResource } from "../../resources/audience-resource.js";
import { singleAnswer } from "../../resources/document.js";
import { includedOfAudiences } from "../../resources/included.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { found } from "../found.js";

export const getSegment: Route = {
  operation: "get_segment",
  method: "GET",
  path: "/api/segments/{id}",
  since: "2023-02-22",
  scopes: ["segments:read"],
  limit: { burst: 75, steady: 750 },
  costlyParameter: { name: "additional-fields[segment]", limit: { burst: 1, steady: 15 } },
  parameters: {
    "additional-fields[segment]": { kind: "list", values: ["profile_count"] },
    "fields[flow]": FIELDSETS.flow,
    "fields[segment]": FIELDSETS["segment-with-count"],
    "fields[tag]": FIELDSETS.tag,
    include: { kind: "list", values: ["flow-triggers", "tags"] },
  },
  handle: (call) => {
    const segment = found(call.account.segments.get(call.id), "segment", call.id);
    return singleAnswer(call, 200, segmentResource(segment, call), includedOfAudiences([segment], call));
  },
};
