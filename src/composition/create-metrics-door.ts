import { listenOn } from "../server/lifecycle.js";
import type { Gauges } from "../server/metrics.js";
import { createMetricsHost } from "../server/metrics-host.js";
import { blame } from "./blame.js";
import type { Surroundings } from "./surroundings.js";

/** Where what is counted is asked for, on a port of its own, if it has one. */
export interface MetricsDoor {
  readonly start: () => Promise<void>;
  readonly close: () => void;
}

export function createMetricsDoor({ config, logger, metrics }: Surroundings, gauges: Gauges): MetricsDoor {
  const server = createMetricsHost(metrics.registry, config.HTTP_REQUEST_TIMEOUT_MS, (err) =>
    logger.error({ err }, "metrics cannot be collected"),
  );
  const start = async () => {
    if (config.METRICS_PORT === "off") return;
    metrics.observe(gauges);
    const listening = listenOn(server, config.METRICS_PORT, config.METRICS_HOST);
    const url = await blame("METRICS_PORT or METRICS_HOST", listening);
    logger.info({ url: `${url}/metrics` }, "metrics");
  };
  const close = () => {
    server.close();
    server.closeAllConnections();
    metrics.close();
  };
  return { start, close };
}
