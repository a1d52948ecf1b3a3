import { randomUUID } from "node:crypto";
import type { DestinationStream } from "pino";
import type { Dispatcher } from "undici";
import type { Config } from "./config/config.js";
import { SendCampaignService } from "./editing/send-campaign.service.js";
import { buildGatewaySchema } from "./graph/gateway-schema.js";
import { accountNameOf } from "./klaviyo/account-name.js";
import { CallGate } from "./klaviyo/call-gate.js";
import { createDispatcher } from "./klaviyo/dispatcher.js";
import { type Attempt, KlaviyoClient } from "./klaviyo/klaviyo-client.js";
import type { CallLedger } from "./resilience/call-ledger.js";
import { type Clock, systemClock } from "./resilience/clock.js";
import { RunningWork } from "./resilience/running-work.js";
import { CancelCampaignSendService } from "./send-jobs/cancel-campaign-send.service.js";
import { ReadBack } from "./send-jobs/read-back.js";
import { StatisticsReports } from "./statistics/statistics-reports.js";
import { createApolloServer } from "./server/apollo-server.js";
import { createContext, type GatewayContext, type WriteAuditRecord } from "./server/context.js";
import { createFormatError } from "./server/format-error.js";
import { createGraphqlHandler } from "./server/graphql-handler.js";
import { createHttpHost } from "./server/http-host.js";
import { drainWithin, listenOn } from "./server/lifecycle.js";
import { createLogger, type Logger } from "./server/logger.js";
import { passwordsIn } from "./server/passwords-in.js";
import { logRequest } from "./server/request-log.js";
import { createSharing, type Sharing } from "./sharing/sharing.js";

/** What a test holds in its hands instead of the real thing. */
export interface AppOverrides {
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly logDestination?: DestinationStream;
}

export interface App {
  /** Starts to listen. @returns the base URL, such as `http://127.0.0.1:4000` */
  listen(): Promise<string>;
  /** Stops taking requests, lets running ones, cancels and other writes end within DRAIN_TIMEOUT_MS, and lets go of everything. Idempotent. */
  close(): Promise<void>;
  readonly logger: Logger;
}

/** The composition root: every part is made here, and given what it needs. Nothing has happened yet when it returns. */
export function createApp(config: Config, overrides: AppOverrides = {}): App {
  const { clock = systemClock, random = Math.random, logDestination } = overrides;
  const logger = createLogger(
    config.LOG_LEVEL,
    [config.KLAVIYO_API_KEY, ...passwordsIn(config.REDIS_URL)],
    logDestination,
  );
  const sharing = createReplicaSharing(config, overrides, logger);
  const dispatcher = createDispatcher({
    connections: config.KLAVIYO_CONNECTIONS,
    connectTimeoutMs: config.KLAVIYO_CONNECT_TIMEOUT_MS,
    attemptTimeoutMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
  });
  const client = createKlaviyoClient(config, dispatcher, clock, logger, sharing.ledger);
  const running = new RunningWork();
  const cancelCampaignSend = new CancelCampaignSendService({
    client,
    readBack: new ReadBack(client, clock),
    clock,
    random,
    settings: { deadlineMs: config.CANCEL_DEADLINE_MS, waitMs: config.CANCEL_WAIT_MS },
    running,
  });
  const writes = { client, clock, random, deadlineMs: config.WRITE_DEADLINE_MS, running };
  const { schema } = buildGatewaySchema({
    client,
    cancelCampaignSend,
    sendCampaign: new SendCampaignService(writes),
    writes,
  });
  const apollo = createApolloServer<GatewayContext>({
    schema,
    introspection: config.INTROSPECTION,
    sandbox: config.SANDBOX,
    formatError: createFormatError(randomUUID, (incidentId, error) =>
      logger.error({ incidentId, err: error }, "incident"),
    ),
    logger,
  });
  const contextParts = {
    client,
    clock,
    statisticsReports: new StatisticsReports({ client, clock, maxAgeMs: config.STATISTICS_MAX_AGE_MS }),
    queryDeadlineMs: config.QUERY_DEADLINE_MS,
    cancelDeadlineMs: config.CANCEL_DEADLINE_MS,
    writeDeadlineMs: config.WRITE_DEADLINE_MS,
    onCancel: (record: object) => logger.info({ audit: "cancelCampaignSend", ...record }, "cancel"),
    onWrite: ({ write, ...record }: WriteAuditRecord) => logger.info({ audit: write, ...record }, "write"),
  };
  let isReady = false;
  const server = createHttpHost({
    graphql: createGraphqlHandler(apollo, {
      createContext: (request, response) => createContext(contextParts, request, response),
      bodyLimitBytes: config.HTTP_BODY_LIMIT_BYTES,
      onError: (error) => logger.error({ err: error }, "request failed"),
    }),
    isReady: () => isReady,
    healthDetails: () => ({ redis: sharing.state() }),
    corsOrigins: config.CORS_ORIGINS,
    onRequest: (request, response) => logRequest(logger, clock, request, response),
  });

  const listen = async () => {
    await apollo.start();
    await sharing.start();
    const url = await listenOn(server, config.PORT, config.HOST);
    isReady = true;
    return url;
  };
  const drain = async () => {
    isReady = false;
    if (server.listening && config.SHUTDOWN_DELAY_MS > 0) await clock.sleep(config.SHUTDOWN_DELAY_MS);
    await drainWithin(clock, config.DRAIN_TIMEOUT_MS, server, () => running.settled());
    if (running.count > 0) logger.error({ running: running.count }, "writes were cut off by the drain time");
    await apollo.stop();
    await dispatcher.destroy();
    await sharing.close();
  };
  let closing: Promise<void> | undefined;
  return { listen, close: () => (closing ??= drain()), logger };
}

function createReplicaSharing(config: Config, overrides: AppOverrides, logger: Logger): Sharing {
  const { clock, random = Math.random } = overrides;
  return createSharing({
    url: config.REDIS_URL,
    timeoutMs: config.REDIS_TIMEOUT_MS,
    replicas: config.REPLICAS,
    callLimitMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
    clock: clock ?? systemClock,
    random,
    nowMs: clock && (() => clock.wallMs()),
    onChange: (state, reason) => logger[state === "up" ? "info" : "error"]({ state, err: reason }, "redis"),
  });
}

function createKlaviyoClient(
  config: Config,
  dispatcher: Dispatcher,
  clock: Clock,
  logger: Logger,
  ledger: CallLedger,
): KlaviyoClient {
  return new KlaviyoClient({
    dispatcher,
    origin: config.KLAVIYO_BASE_URL,
    clock,
    apiKey: config.KLAVIYO_API_KEY,
    readingRevision: config.KLAVIYO_REVISION,
    attemptTimeoutMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
    responseLimitBytes: config.KLAVIYO_RESPONSE_LIMIT_BYTES,
    gate: new CallGate({
      clock,
      ledger,
      limits: config.KLAVIYO_LIMITS,
      account: accountNameOf(config.KLAVIYO_BASE_URL, config.KLAVIYO_API_KEY),
      cancelShare: config.KLAVIYO_CANCEL_SHARE_PERCENT / 100,
    }),
    onAttempt: (attempt: Attempt) => logger[isTrouble(attempt) ? "warn" : "debug"](attempt, "klaviyo"),
  });
}

/** Holding calls back is what the gateway is there for: under load it happens all the time. */
function isTrouble({ failure }: Attempt): boolean {
  return failure !== undefined && failure.kind !== "held-back";
}
