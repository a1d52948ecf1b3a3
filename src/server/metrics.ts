import { Counter, Gauge, Histogram, Registry } from "./prom-client.js";
import type { Attempt } from "../klaviyo/attempt-record.js";
import type { CircuitChange } from "../klaviyo/endpoint-circuits.js";
import type { ReadRecord } from "../klaviyo/read-record.js";
import type { RunEnd } from "./equal-queries.js";
import { collectProcessMetrics } from "./process-metrics.js";

/** From a loopback answer to the longest deadline, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30];

/** What is read at the moment when somebody looks. */
export interface Gauges {
  readonly requestsRunning: () => number;
  readonly writesRunning: () => number;
  readonly loopDelayMs: () => number;
  /** Calls that wait for Klaviyo's limits, by operation. */
  readonly callsWaiting: () => Iterable<readonly [operation: string, count: number]>;
  /** Undefined where no Redis is configured. */
  readonly redisState: () => "up" | "degraded" | undefined;
  /** Undefined where no audit log is kept. */
  readonly auditState: () => { readonly waiting: number; readonly lost: number } | undefined;
}

/**
 * What the gateway counts, for Prometheus. Labels have values from closed lists alone: never an id, a client's text or a message.
 * docs/metrics.md is held against this class by a test.
 */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = this.counter("requests_total", "HTTP requests by route and status.", ["route", "status"]);
  private readonly requestSeconds = this.histogram("request_duration_seconds", "How long HTTP requests took.", [
    "route",
  ]);
  private readonly compiled = this.counter(
    "compiled_operations_total",
    "Operations known before: run compiled to the end, left to graphql-js, answered as before, or along with an equal one.",
    ["end"],
  );
  private readonly shed = this.counter("requests_shed_total", "Requests refused under load.", ["kind"]);
  private readonly limited = this.counter(
    "requests_limited_total",
    "Requests refused because their caller has sent too many.",
    ["kind"],
  );
  private readonly refusedConnections = this.counter(
    "connections_refused_total",
    "Connections that were refused, or ended before they asked anything, because there were too many.",
  );
  private readonly attempts = this.counter("klaviyo_attempts_total", "Calls of Klaviyo by how they ended.", [
    "operation",
    "outcome",
  ]);
  private readonly attemptSeconds = this.histogram("klaviyo_attempt_duration_seconds", "How long Klaviyo took.", [
    "operation",
  ]);
  private readonly reads = this.counter("klaviyo_reads_total", "Reads by where their answer came from.", [
    "operation",
    "outcome",
  ]);
  private readonly circuits = this.counter(
    "klaviyo_circuit_changes_total",
    "Circuits by the state that they changed to.",
    ["endpoints", "state"],
  );
  private readonly cancels = this.counter("cancels_total", "Cancels by what is known of them.", ["outcome", "problem"]);
  private readonly writes = this.counter("writes_total", "Other writes by what is known of them.", [
    "write",
    "outcome",
  ]);
  private readonly logFailures = this.counter("log_write_failures_total", "Times that the log could not be written.");
  private readonly logLinesLost = this.counter(
    "log_lines_lost_total",
    "Log lines that could not be written and had no room to wait.",
  );

  private stopWatching = () => {};

  /** Adds what is read when somebody looks, and what Node says of its process. */
  observe(gauges: Gauges): void {
    this.stopWatching = collectProcessMetrics(this.registry);
    this.gauge("requests_running", "GraphQL requests under way.", gauges.requestsRunning);
    this.gauge("writes_running", "Cancels and other writes under way.", gauges.writesRunning);
    this.gauge("event_loop_delay_seconds", "How late the event loop is.", () => gauges.loopDelayMs() / 1_000);
    this.gauge("redis_degraded", "1 while Redis is configured and not used.", () =>
      gauges.redisState() === "degraded" ? 1 : 0,
    );
    this.gauge(
      "audit_records_waiting",
      "Records that are not in the audit log yet.",
      () => gauges.auditState()?.waiting ?? 0,
    );
    this.gauge(
      "audit_records_lost",
      "Records that the audit log had no room for.",
      () => gauges.auditState()?.lost ?? 0,
    );
    const waiting: Gauge<"operation"> = new Gauge({
      name: "gateway_klaviyo_calls_waiting",
      help: "Calls that wait for Klaviyo's limits.",
      labelNames: ["operation"],
      registers: [this.registry],
      collect: () => {
        waiting.reset();
        for (const [operation, count] of gauges.callsWaiting()) waiting.set({ operation }, count);
      },
    });
  }

  /** Stops watching the process. What was counted stays. */
  close(): void {
    this.stopWatching();
  }

  onRequest(route: string, status: number | undefined, durationMs: number): void {
    this.requests.inc({ route, status: status ?? "client gone" });
    this.requestSeconds.observe({ route }, durationMs / 1_000);
  }

  onCompiled(end: RunEnd): void {
    this.compiled.inc({ end });
  }

  onShed(kind: "cancel" | "other"): void {
    this.shed.inc({ kind });
  }

  onLimited(kind: "cancel" | "other"): void {
    this.limited.inc({ kind });
  }

  onRefusedConnection(): void {
    this.refusedConnections.inc();
  }

  onAttempt({ operation, failure, isGivenUp, durationMs }: Attempt): void {
    this.attempts.inc({ operation, outcome: isGivenUp ? "given-up" : (failure?.kind ?? "ok") });
    // What was held back took Klaviyo no time, and what was given up may have taken any.
    if (failure?.kind !== "held-back" && !isGivenUp) this.attemptSeconds.observe({ operation }, durationMs / 1_000);
  }

  onRead({ operation, outcome }: ReadRecord): void {
    this.reads.inc({ operation, outcome });
  }

  onCircuit({ endpoints, state }: CircuitChange): void {
    this.circuits.inc({ endpoints, state });
  }

  onCancel({ outcome, problem }: { readonly outcome: string; readonly problem: string | null }): void {
    this.cancels.inc({ outcome, problem: problem ?? "none" });
  }

  onWrite({ write, outcome }: { readonly write: string; readonly outcome: string }): void {
    this.writes.inc({ write, outcome });
  }

  onLogFailure(): void {
    this.logFailures.inc();
  }

  onLogLineLost(): void {
    this.logLinesLost.inc();
  }

  private counter<T extends string>(name: string, help: string, labelNames: readonly T[] = []): Counter<T> {
    return new Counter({ name: `gateway_${name}`, help, labelNames, registers: [this.registry] });
  }

  private histogram<T extends string>(name: string, help: string, labelNames: readonly T[]): Histogram<T> {
    return new Histogram({ name: `gateway_${name}`, help, labelNames, buckets: BUCKETS, registers: [this.registry] });
  }

  private gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({
      name: `gateway_${name}`,
      help,
      registers: [this.registry],
      collect: () => gauge.set(read()),
    });
  }
}
