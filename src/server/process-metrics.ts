import { constants, monitorEventLoopDelay, type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";
import { Gauge, Histogram, type Registry } from "./prom-client.js";
import heapSizeAndUsed from "prom-client/lib/metrics/heapSizeAndUsed.js";
import heapSpacesSizeAndUsed from "prom-client/lib/metrics/heapSpacesSizeAndUsed.js";
import osMemoryHeap from "prom-client/lib/metrics/osMemoryHeap.js";
import processCpuTotal from "prom-client/lib/metrics/processCpuTotal.js";
import processHandles from "prom-client/lib/metrics/processHandles.js";
import processMaxFileDescriptors from "prom-client/lib/metrics/processMaxFileDescriptors.js";
import processOpenFileDescriptors from "prom-client/lib/metrics/processOpenFileDescriptors.js";
import processRequests from "prom-client/lib/metrics/processRequests.js";
import processResources from "prom-client/lib/metrics/processResources.js";
import processStartTime from "prom-client/lib/metrics/processStartTime.js";
import version from "prom-client/lib/metrics/version.js";

/** These look when they are asked to, and hold nothing. */
const LOOKS = [
  processCpuTotal,
  processStartTime,
  osMemoryHeap,
  processOpenFileDescriptors,
  processMaxFileDescriptors,
  processResources,
  processHandles,
  processRequests,
  heapSizeAndUsed,
  heapSpacesSizeAndUsed,
  version,
];

const LOOP_RESOLUTION_MS = 10;
const GC_SECONDS = [0.001, 0.01, 0.1, 1, 2, 5];
const GC_KINDS: ReadonlyMap<unknown, string> = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, "major"],
  [constants.NODE_PERFORMANCE_GC_MINOR, "minor"],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, "incremental"],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, "weakcb"],
]);

/**
 * What Node says of its process, under prom-client's names. The two collectors that watch all the time are our own: prom-client's
 * cannot be stopped, and would watch for a gateway that is closed as long as the process lives.
 * @returns what stops them
 */
export function collectProcessMetrics(registry: Registry): () => void {
  for (const look of LOOKS) look(registry);
  const stops = [watchLoop(registry), watchGarbageCollection(registry)];
  return () => {
    for (const stop of stops) stop();
  };
}

function watchLoop(registry: Registry): () => void {
  const delays = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  const parts: readonly (readonly [part: string, help: string, nanoseconds: () => number])[] = [
    ["min", "The minimum recorded event loop delay.", () => delays.min],
    ["max", "The maximum recorded event loop delay.", () => delays.max],
    ["mean", "The mean of the recorded event loop delays.", () => delays.mean],
    ["stddev", "The standard deviation of the recorded event loop delays.", () => delays.stddev],
    ["p50", "The 50th percentile of the recorded event loop delays.", () => delays.percentile(50)],
    ["p90", "The 90th percentile of the recorded event loop delays.", () => delays.percentile(90)],
    ["p99", "The 99th percentile of the recorded event loop delays.", () => delays.percentile(99)],
  ];
  const lag = new Gauge({
    name: "nodejs_eventloop_lag_seconds",
    help: "Lag of event loop in seconds.",
    registers: [registry],
    // One for all, so that they are of the same span of time; and the first, since metrics are collected in their order.
    collect: () => {
      const since = performance.now();
      setImmediate(() => lag.set((performance.now() - since) / 1_000));
      for (const { gauge, nanoseconds } of gauges) gauge.set(nanoseconds() / 1e9);
      delays.reset();
    },
  });
  const gauges = parts.map(([part, help, nanoseconds]) => {
    const name = `nodejs_eventloop_lag_${part}_seconds`;
    return { gauge: new Gauge({ name, help, registers: [registry] }), nanoseconds };
  });
  delays.enable();
  return () => void delays.disable();
}

function watchGarbageCollection(registry: Registry): () => void {
  const seconds = new Histogram({
    name: "nodejs_gc_duration_seconds",
    help: "Garbage collection duration by kind, one of major, minor, incremental or weakcb.",
    labelNames: ["kind"],
    buckets: GC_SECONDS,
    registers: [registry],
  });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seconds.observe({ kind: kindOf(entry) }, entry.duration / 1_000);
  });
  observer.observe({ entryTypes: ["gc"] });
  return () => observer.disconnect();
}

function kindOf(entry: PerformanceEntry): string {
  const detail: unknown = "detail" in entry ? entry.detail : undefined;
  const kind = typeof detail === "object" && detail !== null && "kind" in detail ? detail.kind : undefined;
  return GC_KINDS.get(kind) ?? "other";
}
