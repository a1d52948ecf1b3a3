import { createAccounts } from "./composition/create-accounts.js";
import { createDoor } from "./composition/create-door.js";
import { createGraph } from "./composition/create-graph.js";
import { createMetricsDoor } from "./composition/create-metrics-door.js";
import { createRecords } from "./composition/create-records.js";
import { createUpstream } from "./composition/create-upstream.js";
import { type AppOverrides, createSurroundings } from "./composition/surroundings.js";
import type { AuditState } from "./audit/audit-log.js";
import type { Config } from "./config/settings.js";
import { drainWithin } from "./server/lifecycle.js";
import type { Logger } from "./server/logger.js";

export interface App {
  /** Starts to listen. @returns the base URL, such as `http://127.0.0.1:4000` */
  listen(): Promise<string>;
  /** Stops taking requests, lets running ones, cancels and other writes end within DRAIN_TIMEOUT_MS, and lets go of everything. Idempotent. */
  close(): Promise<void>;
  /** Reads files again that may have changed. Does not throw. */
  reload(): Promise<void>;
  readonly logger: Logger;
}

/** Puts the parts together, and starts and stops them in order. Nothing has happened yet when it returns. */
export function createApp(config: Config, overrides: AppOverrides = {}): App {
  const surroundings = createSurroundings(config, overrides);
  const { clock, logger } = surroundings;
  const upstream = createUpstream(surroundings);
  const accounts = createAccounts(surroundings, upstream);
  const graph = createGraph(surroundings);
  const records = createRecords(surroundings);
  let isReady = false;
  const door = createDoor(surroundings, {
    graph,
    contextParts: {
      onCancel: records.onCancel,
      onWrite: records.onWrite,
      accountOf: accounts.accountOf,
      clock,
      queryDeadlineMs: config.QUERY_DEADLINE_MS,
      cancelDeadlineMs: config.CANCEL_DEADLINE_MS,
      writeDeadlineMs: config.WRITE_DEADLINE_MS,
    },
    allowance: upstream.sharing.allowance,
    loopDelayMs: overrides.loopDelayMs,
    isReady: () => isReady,
    healthDetails: () => ({ redis: upstream.sharing.state(), audit: auditHealth(records.auditState()) }),
  });
  const metricsDoor = createMetricsDoor(surroundings, {
    loopDelayMs: door.loopDelayMs,
    requestsRunning: door.requestsRunning,
    writesRunning: () => accounts.running.count,
    callsWaiting: accounts.callsWaiting,
    redisState: upstream.sharing.state,
    auditState: records.auditState,
  });

  const listen = async () => {
    await graph.start();
    await records.start();
    await accounts.start();
    await upstream.start();
    const url = await door.listen();
    await metricsDoor.start();
    isReady = true;
    return url;
  };
  const drain = async () => {
    isReady = false;
    if (door.server.listening && config.SHUTDOWN_DELAY_MS > 0) await clock.sleep(config.SHUTDOWN_DELAY_MS);
    await drainWithin(clock, config.DRAIN_TIMEOUT_MS, door.server, () => accounts.running.settled());
    const { count: running } = accounts.running;
    if (running > 0) logger.error({ running }, "writes were cut off by the drain time");
    await records.close();
    await graph.close();
    door.close();
    metricsDoor.close();
    accounts.close();
    await upstream.close();
  };
  const reload = async () => {
    await Promise.all([graph.reload(), accounts.reload()]);
  };
  let closing: Promise<void> | undefined;
  return { listen, close: () => (closing ??= drain()), reload, logger };
}

function auditHealth(state: AuditState | undefined): "up" | "degraded" | undefined {
  return state && (state.isFailing ? "degraded" : "up");
}
