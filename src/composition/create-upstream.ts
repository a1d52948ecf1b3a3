import type { AnswerStore } from "../klaviyo/answer-store.js";
import { type Connections, createConnections } from "../klaviyo/dispatcher.js";
import { MemoryAnswers } from "../klaviyo/memory-answers.js";
import { systemClock } from "../resilience/clock.js";
import { createSharing, type Sharing } from "../sharing/sharing.js";
import { MemoryStatistics } from "../statistics/memory-statistics.js";
import type { StatisticsStore } from "../statistics/statistics-store.js";
import type { Surroundings } from "./surroundings.js";

/** The way to Klaviyo, which is one for all accounts, and the stores, which keep them apart by their names. */
export interface Upstream {
  readonly connections: Connections;
  readonly answers: AnswerStore;
  readonly statistics: StatisticsStore;
  readonly sharing: Sharing;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createUpstream(surroundings: Surroundings): Upstream {
  const { config, clock } = surroundings;
  const connections = createConnections({
    origin: config.KLAVIYO_BASE_URL,
    connections: config.KLAVIYO_CONNECTIONS,
    connectTimeoutMs: config.KLAVIYO_CONNECT_TIMEOUT_MS,
    attemptTimeoutMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
  });
  const sharing = createReplicaSharing(surroundings);
  const close = async () => {
    await connections.destroy();
    await sharing.close();
  };
  return {
    connections,
    // Also where none is kept: what was asked before a cancel is nothing for those who come after it, whichever replica they come to.
    answers: sharing.answers(new MemoryAnswers(clock, config.KLAVIYO_CACHE_LIMIT_BYTES)),
    statistics: sharing.statistics(new MemoryStatistics(clock)),
    sharing,
    start: sharing.start,
    close,
  };
}

function createReplicaSharing({ config, clock, random, logger }: Surroundings): Sharing {
  return createSharing({
    url: config.REDIS_URL,
    timeoutMs: config.REDIS_TIMEOUT_MS,
    replicas: config.REPLICAS,
    callLimitMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
    clock,
    random,
    nowMs: clock === systemClock ? undefined : () => clock.wallMs(),
    onChange: (state, reason) => logger[state === "up" ? "info" : "error"]({ state, err: reason }, "redis"),
  });
}
