import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { readOneByOne } from "../klaviyo/read-one-by-one.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { createLoader, type ResourceLoader } from "../klaviyo/resource-loader.js";
import { Metric } from "./metric.type.js";

/** What the metrics feature needs of a request. Klaviyo cannot be asked for several metrics by their ids. */
export interface MetricsContext {
  readonly metrics: ResourceLoader<Metric>;
}

export function createMetricsContext(client: KlaviyoClient, limits: () => ReadLimits): MetricsContext {
  return {
    metrics: createLoader(
      (resource) => new Metric(resource),
      (ids, query) => readOneByOne(client, OPERATIONS.getMetric, ids, query, limits()),
    ),
  };
}
