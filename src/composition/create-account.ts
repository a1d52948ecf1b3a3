import { randomUUID } from "node:crypto";
import { SendCampaignService } from "../editing/send-campaign.service.js";
import type { Attempt } from "../klaviyo/attempt-record.js";
import { CallGate } from "../klaviyo/call-gate.js";
import type { Credential } from "../klaviyo/credential.js";
import type { CircuitBoard } from "../resilience/circuit-board.js";
import { type CircuitChange, EndpointCircuits } from "../klaviyo/endpoint-circuits.js";
import { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { RunningWork } from "../resilience/running-work.js";
import { CancelCampaignSendService } from "../send-jobs/cancel-campaign-send.service.js";
import { ReadBack } from "../send-jobs/read-back.js";
import type { Account } from "../server/account.js";
import { StatisticsReports } from "../statistics/statistics-reports.js";
import type { Upstream } from "./create-upstream.js";
import type { Surroundings } from "./surroundings.js";

export interface AccountParts {
  /** Stands for the account where others can read it. What is kept under one name is never given to another. */
  readonly name: string;
  readonly credential: Credential;
  /** Whether lines of the log say which account they are about. */
  readonly isOneOfMany: boolean;
  /** Writes under way, of all accounts; some go on when their request has been answered. */
  readonly running: RunningWork;
}

export interface OpenAccount extends Account {
  /** How many calls wait, by operation; for metrics. */
  readonly waiting: CallGate["waiting"];
  /** What is under way ends as if nothing had happened. */
  readonly close: () => void;
}

/** One account, with limits, circuits and flights of its own. */
export function createAccount(surroundings: Surroundings, upstream: Upstream, parts: AccountParts): OpenAccount {
  const { config, clock, random, logger } = surroundings;
  const { name, running } = parts;
  const { ledger, register, board, close } = upstream.sharing.of(name);
  const gate = new CallGate({
    clock,
    ledger,
    limits: config.KLAVIYO_LIMITS,
    account: name,
    cancelShare: config.KLAVIYO_CANCEL_SHARE_PERCENT / 100,
  });
  const circuits = createCircuits(surroundings, board, parts);
  const client = createClient(surroundings, upstream, { gate, circuits }, parts);
  const onLateError = (error: unknown) => logger.error({ incidentId: randomUUID(), err: error }, "incident");
  const writes = { client, clock, random, deadlineMs: config.WRITE_DEADLINE_MS, running, onLateError };
  return {
    client,
    cancelCampaignSend: new CancelCampaignSendService({
      client,
      readBack: new ReadBack(client, clock),
      clock,
      random,
      settings: { deadlineMs: config.CANCEL_DEADLINE_MS, waitMs: config.CANCEL_WAIT_MS },
      running,
      register,
      onLateError,
    }),
    sendCampaign: new SendCampaignService(),
    writes,
    statisticsReports: new StatisticsReports({
      client,
      clock,
      store: upstream.statistics,
      maxAgeMs: config.STATISTICS_MAX_AGE_MS,
      reportTimeMs: config.QUERY_DEADLINE_MS,
    }),
    waiting: () => gate.waiting(),
    close: () => {
      circuits.close();
      close();
    },
  };
}

function createCircuits(
  { config, clock, random, logger, metrics }: Surroundings,
  board: CircuitBoard,
  { name, isOneOfMany }: AccountParts,
): EndpointCircuits {
  const whose = isOneOfMany ? { account: name } : {};
  const onCircuit = (change: CircuitChange) => {
    logger.warn({ ...change, ...whose }, "circuit");
    metrics.onCircuit(change);
  };
  return new EndpointCircuits({ breaker: config.KLAVIYO_BREAKER, clock, random, board, onCircuit });
}

function createClient(
  surroundings: Surroundings,
  { connections, answers }: Upstream,
  { gate, circuits }: { readonly gate: CallGate; readonly circuits: EndpointCircuits },
  { name, credential, isOneOfMany }: AccountParts,
): KlaviyoClient {
  const { config, clock, random, logger, metrics } = surroundings;
  const whose = isOneOfMany ? { account: name } : {};
  return new KlaviyoClient({
    account: name,
    credential,
    dispatcher: connections.ordinary,
    criticalDispatcher: () => connections.critical(),
    gate,
    answers,
    clock,
    random,
    readingRevision: config.KLAVIYO_REVISION,
    attemptTimeoutMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
    responseLimitBytes: config.KLAVIYO_RESPONSE_LIMIT_BYTES,
    circuits,
    cache: config.KLAVIYO_CACHE,
    readAttempts: config.KLAVIYO_READ_ATTEMPTS,
    onAttempt: (attempt) => {
      const level = isTrouble(attempt) ? "warn" : "debug";
      if (logger.isLevelEnabled(level)) logger[level]({ ...attempt, ...whose }, "klaviyo");
      metrics.onAttempt(attempt);
    },
    onRead: (read) => metrics.onRead(read),
  });
}

/** Holding calls back is what the gateway is there for: under load it happens all the time. */
function isTrouble({ failure }: Attempt): boolean {
  return failure !== undefined && failure.kind !== "held-back";
}
