import { singleAnswer } from "../../resources/document.js";
import { includedOfAudiences } from "../../resources/included.js";
import { metricResource } from "../../resources/metric-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { found } from "../found.js";

export const getMetric: Route = {
  operation: "get_metric",
  method: "GET",
  path: "/api/metrics/{id}",
  since: "2023-02-22",
  scopes: ["metrics:read"],
  limit: { burst: 10, steady: 150 },
  parameters: {
    "fields[flow]": FIELDSETS.flow,
    "fields[metric]": FIELDSETS.metric,
    include: { kind: "list", values: ["flow-triggers"] },
  },
  handle: (call) => {
    const metric = found(call.account.metrics.get(call.id), "metric", call.id);
    return singleAnswer(call, 200, metricResource(metric, call), includedOfAudiences([], call));
  },
};
