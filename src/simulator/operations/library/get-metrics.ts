import type { SeedMetric } from "../../account/seed-account.js";
import type { FilterRule } from "../../filters/filter-rule.js";
import type { FilterValue } from "../../filters/holds.js";
import { answerPage, type Collection, pageOf } from "../../paging/collection.js";
import { includedOfAudiences } from "../../resources/included.js";
import { metricResource } from "../../resources/metric-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";

const EXACT: FilterRule = { single: ["equals"], list: [], value: "string" };

const COLLECTION: Collection<SeedMetric> = {
  filters: { "integration.name": EXACT, "integration.category": EXACT },
  sortable: [],
  pageSize: 200,
  valueOf: ({ id, integration }, field) => {
    if (field === "id") return id;
    return integration?.[field.replace("integration.", "")] as FilterValue | undefined;
  },
};

export const getMetrics: Route = {
  operation: "get_metrics",
  method: "GET",
  path: "/api/metrics",
  since: "2023-02-22",
  scopes: ["metrics:read"],
  limit: { burst: 10, steady: 150 },
  parameters: {
    "fields[flow]": FIELDSETS.flow,
    "fields[metric]": FIELDSETS.metric,
    filter: { kind: "text" },
    include: { kind: "list", values: ["flow-triggers"] },
    "page[cursor]": { kind: "text" },
  },
  filters: COLLECTION.filters,
  handle: (call) => {
    const page = pageOf([...call.account.metrics.values()], COLLECTION, call);
    return answerPage(call, page, (metric) => metricResource(metric, call), includedOfAudiences([], call));
  },
};
