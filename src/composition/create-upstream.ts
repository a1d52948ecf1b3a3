import { accountNameOf } from "../klaviyo/account-name.js";
import type { AnswerStore } from "../klaviyo/answer-store.js";
import type { Attempt } from "../klaviyo/attempt-record.js";
import { CallGate } from "../klaviyo/call-gate.js";
import { createDispatcher } from "../klaviyo/dispatcher.js";
import { type CircuitChange, EndpointCircuits } from "../klaviyo/endpoint-circuits.js";
import { KlaviyoClient, type KlaviyoClientOptions } from "../klaviyo/klaviyo-client.js";
import { MemoryAnswers } from "../klaviyo/memory-answers.js";
import { systemClock } from "../resilience/clock.js";
import { createSharing, type Sharing } from "../sharing/sharing.js";
import { createApiKey } from "./create-api-key.js";
import type { Surroundings } from "./surroundings.js";

/** Klaviyo, and what replicas share of it. */
export interface Upstream {
  readonly client: KlaviyoClient;
  readonly gate: CallGate;
  readonly sharing: Sharing;
  readonly start: () => Promise<void>;
  /** Reads the key again. Does not throw. */
  readonly reload: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createUpstream(surroundings: Surroundings): Upstream {
  const { config } = surroundings;
  // For as long as the process runs: a key that replaces the first one is the same account's.
  const account = accountNameOf(config.KLAVIYO_BASE_URL, config.KLAVIYO_API_KEY);
  const dispatcher = createDispatcher({
    connections: config.KLAVIYO_CONNECTIONS,
    connectTimeoutMs: config.KLAVIYO_CONNECT_TIMEOUT_MS,
    attemptTimeoutMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
  });
  const sharing = createReplicaSharing(surroundings, account);
  const gate = new CallGate({
    clock: surroundings.clock,
    ledger: sharing.ledger,
    limits: config.KLAVIYO_LIMITS,
    account,
    cancelShare: config.KLAVIYO_CANCEL_SHARE_PERCENT / 100,
  });
  const apiKey = createApiKey(surroundings);
  const answers = createAnswers(surroundings, sharing);
  const client = createKlaviyoClient(surroundings, { dispatcher, gate, answers, account, apiKey: apiKey.current });
  const start = async () => {
    await apiKey.start();
    await sharing.start();
  };
  const close = async () => {
    apiKey.close();
    await dispatcher.destroy();
    await sharing.close();
  };
  return { client, gate, sharing, start, reload: apiKey.reload, close };
}

function createReplicaSharing({ config, clock, random, logger }: Surroundings, account: string): Sharing {
  return createSharing({
    url: config.REDIS_URL,
    timeoutMs: config.REDIS_TIMEOUT_MS,
    replicas: config.REPLICAS,
    account,
    callLimitMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
    clock,
    random,
    nowMs: clock === systemClock ? undefined : () => clock.wallMs(),
    onChange: (state, reason) => logger[state === "up" ? "info" : "error"]({ state, err: reason }, "redis"),
  });
}

/** Where nothing is kept, Redis need not be asked. */
function createAnswers({ config, clock }: Surroundings, sharing: Sharing): AnswerStore {
  const local = new MemoryAnswers(clock, config.KLAVIYO_CACHE_LIMIT_BYTES);
  return config.KLAVIYO_CACHE === "on" ? sharing.answers(local) : local;
}

type ClientParts = Pick<KlaviyoClientOptions, "dispatcher" | "gate" | "answers" | "account" | "apiKey">;

function createKlaviyoClient(surroundings: Surroundings, parts: ClientParts): KlaviyoClient {
  const { config, clock, random, logger, metrics } = surroundings;
  return new KlaviyoClient({
    ...parts,
    clock,
    random,
    origin: config.KLAVIYO_BASE_URL,
    readingRevision: config.KLAVIYO_REVISION,
    attemptTimeoutMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
    responseLimitBytes: config.KLAVIYO_RESPONSE_LIMIT_BYTES,
    circuits: createCircuits(surroundings),
    cache: config.KLAVIYO_CACHE,
    readAttempts: config.KLAVIYO_READ_ATTEMPTS,
    onAttempt: (attempt) => {
      logger[isTrouble(attempt) ? "warn" : "debug"](attempt, "klaviyo");
      metrics.onAttempt(attempt);
    },
    onRead: (read) => metrics.onRead(read),
  });
}

function createCircuits({ config, clock, random, logger, metrics }: Surroundings): EndpointCircuits {
  return new EndpointCircuits({
    breaker: config.KLAVIYO_BREAKER,
    clock,
    random,
    onCircuit: (change: CircuitChange) => {
      logger.warn(change, "circuit");
      metrics.onCircuit(change);
    },
  });
}

/** Holding calls back is what the gateway is there for: under load it happens all the time. */
function isTrouble({ failure }: Attempt): boolean {
  return failure !== undefined && failure.kind !== "held-back";
}
