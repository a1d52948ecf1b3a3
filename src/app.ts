import { randomUUID } from "node:crypto";
import type { DestinationStream } from "pino";
import type { Dispatcher } from "undici";
import { subjectOf } from "./access/identity.js";
import { AuditLog } from "./audit/audit-log.js";
import { fileSink, streamSink } from "./audit/audit-sinks.js";
import { type AuthSettings, createAuthentication } from "./auth/create-authentication.js";
import type { Config } from "./config/config.js";
import { SendCampaignService } from "./editing/send-campaign.service.js";
import { WatchedFile } from "./files/watched-file.js";
import { buildGatewaySchema } from "./graph/gateway-schema.js";
import { accountNameOf } from "./klaviyo/account-name.js";
import type { Attempt } from "./klaviyo/attempt-record.js";
import { CallGate } from "./klaviyo/call-gate.js";
import { createDispatcher } from "./klaviyo/dispatcher.js";
import { type CircuitChange, EndpointCircuits } from "./klaviyo/endpoint-circuits.js";
import { KlaviyoClient } from "./klaviyo/klaviyo-client.js";
import { MemoryAnswers } from "./klaviyo/memory-answers.js";
import { Admission } from "./resilience/admission.js";
import type { CallLedger } from "./resilience/call-ledger.js";
import { type Clock, systemClock } from "./resilience/clock.js";
import { RunningWork } from "./resilience/running-work.js";
import { CancelCampaignSendService } from "./send-jobs/cancel-campaign-send.service.js";
import { ReadBack } from "./send-jobs/read-back.js";
import { MemoryStatistics } from "./statistics/memory-statistics.js";
import { StatisticsReports } from "./statistics/statistics-reports.js";
import { createApolloServer } from "./server/apollo-server.js";
import { type CancelAuditRecord, createContext, type GatewayContext, type WriteAuditRecord } from "./server/context.js";
import { createFormatError } from "./server/format-error.js";
import { createGraphqlHandler } from "./server/graphql-handler.js";
import { createHttpHost } from "./server/http-host.js";
import { BodyRoom } from "./server/load/body-room.js";
import { CancelDetector } from "./server/load/cancel-detector.js";
import { LoadShedder } from "./server/load/load-shedder.js";
import { logSheds } from "./server/load/log-sheds.js";
import { startLoopDelayProbe } from "./server/load/loop-delay.js";
import { requestTimeoutMsOf } from "./server/load/request-timeout.js";
import { createMetricsHost } from "./server/metrics-host.js";
import { Metrics } from "./server/metrics.js";
import { drainWithin, listenOn } from "./server/lifecycle.js";
import type { OperationLimits } from "./server/limits/operation-limits.js";
import { createLogger, type Logger } from "./server/logger.js";
import { passwordsIn } from "./server/passwords-in.js";
import { type Manifest, parseManifest } from "./server/safelist/manifest.js";
import { createPersistedDocuments } from "./server/safelist/persisted-documents.js";
import { logRequest, noteSubject } from "./server/request-log.js";
import { createSharing, type Sharing } from "./sharing/sharing.js";

/** All bodies together that are still on their way. */
const ARRIVING_BODIES_LIMIT_BYTES = 67_108_864;

/** What a test holds in its hands instead of the real thing. */
export interface AppOverrides {
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly logDestination?: DestinationStream;
  /** How late the event loop is. */
  readonly loopDelayMs?: () => number;
}

export interface App {
  /** Starts to listen. @returns the base URL, such as `http://127.0.0.1:4000` */
  listen(): Promise<string>;
  /** Stops taking requests, lets running ones, cancels and other writes end within DRAIN_TIMEOUT_MS, and lets go of everything. Idempotent. */
  close(): Promise<void>;
  /** Reads files again that may have changed. Does not throw. */
  reload(): Promise<void>;
  readonly logger: Logger;
}

/** The composition root: every part is made here, and given what it needs. Nothing has happened yet when it returns. */
export function createApp(config: Config, overrides: AppOverrides = {}): App {
  const { clock = systemClock, random = Math.random, logDestination } = overrides;
  const logger = createLogger(
    config.LOG_LEVEL,
    [config.KLAVIYO_API_KEY, ...config.AUTH_ROUTER_SECRETS, ...passwordsIn(config.REDIS_URL)],
    logDestination,
  );
  const sharing = createReplicaSharing(config, overrides, logger);
  const dispatcher = createDispatcher({
    connections: config.KLAVIYO_CONNECTIONS,
    connectTimeoutMs: config.KLAVIYO_CONNECT_TIMEOUT_MS,
    attemptTimeoutMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
  });
  const metrics = new Metrics();
  const gate = createCallGate(config, clock, sharing.ledger);
  const client = createKlaviyoClient(config, { dispatcher, clock, random, gate, logger, metrics });
  const running = new RunningWork();
  const cancelCampaignSend = new CancelCampaignSendService({
    client,
    readBack: new ReadBack(client, clock),
    clock,
    random,
    settings: { deadlineMs: config.CANCEL_DEADLINE_MS, waitMs: config.CANCEL_WAIT_MS },
    running,
    register: sharing.register,
  });
  const writes = { client, clock, random, deadlineMs: config.WRITE_DEADLINE_MS, running };
  const { schema } = buildGatewaySchema({
    client,
    cancelCampaignSend,
    sendCampaign: new SendCampaignService(writes),
    writes,
    publishesScopes: config.AUTH !== "none",
  });
  const manifest = config.PERSISTED_OPERATIONS === "off" ? undefined : watchManifest(config, clock, logger);
  const persistedDocuments = createPersistedDocuments(() => manifest?.value);
  const apollo = createApolloServer<GatewayContext>({
    schema,
    introspection: config.INTROSPECTION,
    sandbox: config.SANDBOX,
    formatError: createFormatError(randomUUID, (incidentId, error) =>
      logger.error({ incidentId, err: error }, "incident"),
    ),
    limits: operationLimitsOf(config),
    persistedDocuments,
    safelist: manifest && {
      manifest: () => manifest.value,
      mode: config.PERSISTED_OPERATIONS === "enforce" ? "enforce" : "log",
      onUnlisted: (operation) => logger.warn(operation, "not in the safelist"),
    },
    logger,
  });
  const audit = config.AUDIT_LOG === "" ? undefined : createAuditLog(config.AUDIT_LOG, clock, logger);
  const contextParts = {
    client,
    clock,
    statisticsReports: new StatisticsReports({
      client,
      clock,
      store: new MemoryStatistics(clock),
      maxAgeMs: config.STATISTICS_MAX_AGE_MS,
      reportTimeMs: config.QUERY_DEADLINE_MS,
    }),
    queryDeadlineMs: config.QUERY_DEADLINE_MS,
    cancelDeadlineMs: config.CANCEL_DEADLINE_MS,
    writeDeadlineMs: config.WRITE_DEADLINE_MS,
    onCancel: (record: CancelAuditRecord) => {
      logger.info({ audit: "cancelCampaignSend", ...record }, "cancel");
      audit?.append({ audit: "cancelCampaignSend", ...record });
      metrics.onCancel(record);
    },
    onWrite: ({ write, ...record }: WriteAuditRecord) => {
      logger.info({ audit: write, ...record }, "write");
      audit?.append({ audit: write, ...record });
      metrics.onWrite({ write, ...record });
    },
  };
  const probe = overrides.loopDelayMs ? undefined : startLoopDelayProbe();
  const loopDelayMs = overrides.loopDelayMs ?? (() => probe?.delayMs() ?? 0);
  const limits = { maxRunning: config.MAX_REQUESTS, maxLoopDelayMs: config.MAX_LOOP_DELAY_MS };
  const admission = new Admission({ ...limits, loopDelayMs });
  const logShed = logSheds(logger, clock);
  const detector = new CancelDetector((hash) => persistedDocuments.peek(hash));
  const onShed = (kind: "cancel" | "other") => {
    logShed(kind);
    metrics.onShed(kind);
  };
  const shedder = new LoadShedder(admission, detector, onShed);
  const authenticate = createAuthentication(authSettingsOf(config), clock, (error) =>
    logger.error({ err: error }, "keys of tokens"),
  );
  let isReady = false;
  const server = createHttpHost({
    graphql: createGraphqlHandler(apollo, {
      createContext: async (request, response) => {
        const identity = await authenticate(request.headersDistinct);
        noteSubject(response, subjectOf(identity));
        return createContext(contextParts, identity, request, response);
      },
      bodyLimitBytes: config.HTTP_BODY_LIMIT_BYTES,
      bodyRoom: new BodyRoom(ARRIVING_BODIES_LIMIT_BYTES, () => onShed("other")),
      enter: (request, body) => {
        requestTimeoutMsOf(request);
        return shedder.enter(body);
      },
      onError: (error) => logger.error({ err: error }, "request failed"),
    }),
    isReady: () => isReady,
    healthDetails: () => ({ redis: sharing.state() }),
    isOverloaded: () => admission.isFull,
    corsOrigins: config.CORS_ORIGINS,
    onRequest: (request, response) =>
      logRequest(logger, clock, (...end) => metrics.onRequest(...end), request, response),
  });
  const metricsServer = createMetricsHost(metrics.registry);

  const listen = async () => {
    await apollo.start();
    await audit?.start();
    await manifest?.start();
    await sharing.start();
    const url = await listenOn(server, config.PORT, config.HOST);
    if (config.METRICS_PORT !== "off") {
      metrics.observe({
        loopDelayMs,
        requestsRunning: () => admission.runningCount,
        writesRunning: () => running.count,
        callsWaiting: () => gate.waiting(),
        redisState: sharing.state,
      });
      const metricsUrl = await listenOn(metricsServer, config.METRICS_PORT, config.METRICS_HOST);
      logger.info({ url: `${metricsUrl}/metrics` }, "metrics");
    }
    isReady = true;
    return url;
  };
  const drain = async () => {
    isReady = false;
    if (server.listening && config.SHUTDOWN_DELAY_MS > 0) await clock.sleep(config.SHUTDOWN_DELAY_MS);
    await drainWithin(clock, config.DRAIN_TIMEOUT_MS, server, () => running.settled());
    if (running.count > 0) logger.error({ running: running.count }, "writes were cut off by the drain time");
    await audit?.close();
    manifest?.close();
    await apollo.stop();
    await dispatcher.destroy();
    probe?.stop();
    metricsServer.close();
    metricsServer.closeAllConnections();
    await sharing.close();
  };
  let closing: Promise<void> | undefined;
  const reload = async () => manifest?.reload();
  return { listen, close: () => (closing ??= drain()), reload, logger };
}

function createReplicaSharing(config: Config, overrides: AppOverrides, logger: Logger): Sharing {
  const { clock, random = Math.random } = overrides;
  return createSharing({
    url: config.REDIS_URL,
    timeoutMs: config.REDIS_TIMEOUT_MS,
    replicas: config.REPLICAS,
    account: accountOf(config),
    callLimitMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
    clock: clock ?? systemClock,
    random,
    nowMs: clock && (() => clock.wallMs()),
    onChange: (state, reason) => logger[state === "up" ? "info" : "error"]({ state, err: reason }, "redis"),
  });
}

function watchManifest(config: Config, clock: Clock, logger: Logger): WatchedFile<Manifest> {
  const path = config.PERSISTED_OPERATIONS_MANIFEST;
  return new WatchedFile({
    path,
    parse: parseManifest,
    clock,
    onReload: () => logger.info({ path }, "safelist read again"),
    onFailure: (error) => logger.error({ path, err: error }, "safelist cannot be read; the one before stays in use"),
  });
}

function createCallGate(config: Config, clock: Clock, ledger: CallLedger): CallGate {
  return new CallGate({
    clock,
    ledger,
    limits: config.KLAVIYO_LIMITS,
    account: accountOf(config),
    cancelShare: config.KLAVIYO_CANCEL_SHARE_PERCENT / 100,
  });
}

function accountOf(config: Config): string {
  return accountNameOf(config.KLAVIYO_BASE_URL, config.KLAVIYO_API_KEY);
}

interface ClientParts {
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly random: () => number;
  readonly gate: CallGate;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

function createKlaviyoClient(config: Config, { logger, metrics, ...parts }: ClientParts): KlaviyoClient {
  const { clock, random } = parts;
  return new KlaviyoClient({
    ...parts,
    origin: config.KLAVIYO_BASE_URL,
    apiKey: config.KLAVIYO_API_KEY,
    readingRevision: config.KLAVIYO_REVISION,
    attemptTimeoutMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
    responseLimitBytes: config.KLAVIYO_RESPONSE_LIMIT_BYTES,
    circuits: new EndpointCircuits({
      breaker: config.KLAVIYO_BREAKER,
      clock,
      random,
      onCircuit: (change: CircuitChange) => {
        logger.warn(change, "circuit");
        metrics.onCircuit(change);
      },
    }),
    answers: new MemoryAnswers(clock, config.KLAVIYO_CACHE_LIMIT_BYTES),
    cache: config.KLAVIYO_CACHE,
    readAttempts: config.KLAVIYO_READ_ATTEMPTS,
    onAttempt: (attempt: Attempt) => {
      logger[isTrouble(attempt) ? "warn" : "debug"](attempt, "klaviyo");
      metrics.onAttempt(attempt);
    },
    onRead: (read) => metrics.onRead(read),
  });
}

/** Holding calls back is what the gateway is there for: under load it happens all the time. */
function isTrouble({ failure }: Attempt): boolean {
  return failure !== undefined && failure.kind !== "held-back";
}

function operationLimitsOf(config: Config): OperationLimits {
  return {
    tokens: config.GRAPHQL_MAX_TOKENS,
    depth: config.GRAPHQL_MAX_DEPTH,
    height: config.GRAPHQL_MAX_HEIGHT,
    rootFields: config.GRAPHQL_MAX_ROOT_FIELDS,
    aliases: config.GRAPHQL_MAX_ALIASES,
    directives: config.GRAPHQL_MAX_DIRECTIVES,
    listSize: config.GRAPHQL_MAX_LIST_SIZE,
    representations: config.GRAPHQL_MAX_REPRESENTATIONS,
    cost: config.GRAPHQL_MAX_COST,
  };
}

function authSettingsOf(config: Config): AuthSettings {
  return {
    mode: config.AUTH,
    jwksUrl: config.AUTH_JWKS_URL,
    jwksFile: config.AUTH_JWKS_FILE,
    issuer: config.AUTH_ISSUER,
    audience: config.AUTH_AUDIENCE,
    algorithms: config.AUTH_ALGORITHMS,
    clockToleranceMs: config.AUTH_CLOCK_TOLERANCE_MS,
    scopeClaim: config.AUTH_SCOPE_CLAIM,
    routerSecrets: config.AUTH_ROUTER_SECRETS,
  };
}

function createAuditLog(destination: string, clock: Clock, logger: Logger): AuditLog {
  return new AuditLog({
    sink: destination === "stdout" ? streamSink(process.stdout) : fileSink(destination),
    clock,
    onTrouble: ({ error, ...counts }) => logger.error({ err: error, ...counts }, "audit log cannot be written"),
    onRecovery: () => logger.info("audit log is written again"),
  });
}
