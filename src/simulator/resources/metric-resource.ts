import type { SeedMetric } from "../account/seed-account.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { DEFAULT_CREATED, isoDateTime, relationship, type Resource, urlOf } from "./document.js";

export function metricResource({ id, ...metric }: SeedMetric, call: Call): Resource {
  const { name = `Metric ${id}`, integration = null, created = DEFAULT_CREATED, updated = created } = metric;
  const attributes = { name, created: isoDateTime(created), updated: isoDateTime(updated), integration };
  const isIncluded = call.query.get("include") === "flow-triggers";
  return {
    type: "metric",
    id,
    attributes: sparse(attributes, listOf(call.query, "fields[metric]")),
    relationships: {
      "flow-triggers": relationship(call, ["metrics", id, "flow-triggers"], isIncluded ? [] : undefined),
    },
    links: { self: urlOf(call, "metrics", id) },
  };
}
