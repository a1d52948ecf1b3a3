import type { Server } from "node:http";
import { type Identity, subjectOf } from "../access/identity.js";
import { type AuthSettings, createAuthentication } from "../auth/create-authentication.js";
import { readKeys } from "../auth/load-keys.js";
import type { Config } from "../config/settings.js";
import { Admission } from "../resilience/admission.js";
import { callerKeyOf, callerOf } from "../server/caller.js";
import { type ContextParts, createContext } from "../server/context.js";
import { createGraphqlHandler } from "../server/graphql-handler.js";
import { createHttpHost } from "../server/http-host.js";
import type { HttpLimits } from "../server/http-limits.js";
import { listenOn } from "../server/lifecycle.js";
import { BodyRoom } from "../server/load/body-room.js";
import { CancelDetector } from "../server/load/cancel-detector.js";
import { LoadShedder } from "../server/load/load-shedder.js";
import { logSheds } from "../server/load/log-sheds.js";
import { startLoopDelayProbe } from "../server/load/loop-delay.js";
import { requestTimeoutMsOf } from "../server/load/request-timeout.js";
import { logNoRequest, logRequest, noteSubject, type OnRequestEnd } from "../server/request-log.js";
import type { Sharing } from "../sharing/sharing.js";
import { blame } from "./blame.js";
import { createCallerLimit } from "./create-caller-limit.js";
import type { Graph } from "./create-graph.js";
import type { AppOverrides, Surroundings } from "./surroundings.js";

/** All bodies together that are still on their way. */
const ARRIVING_BODIES_LIMIT_BYTES = 67_108_864;

export interface DoorParts {
  readonly graph: Graph;
  readonly contextParts: ContextParts;
  readonly allowance: Sharing["allowance"];
  readonly loopDelayMs: AppOverrides["loopDelayMs"];
  readonly isReady: () => boolean;
  readonly healthDetails: () => Readonly<Record<string, string | undefined>>;
}

/** Where requests come in, as many as can be served. */
export interface Door {
  readonly server: Server;
  readonly requestsRunning: () => number;
  readonly loopDelayMs: () => number;
  /** Starts to listen. @returns the base URL */
  readonly listen: () => Promise<string>;
  readonly close: () => void;
}

export function createDoor(surroundings: Surroundings, { graph, contextParts, ...parts }: DoorParts): Door {
  const { config, clock, logger, requestLogger, metrics } = surroundings;
  const probe = parts.loopDelayMs ? undefined : startLoopDelayProbe();
  const loopDelayMs = parts.loopDelayMs ?? (() => probe?.delayMs() ?? 0);
  const logShed = logSheds(logger, clock);
  const onShed = (kind: "cancel" | "other") => {
    logShed(kind);
    metrics.onShed(kind);
  };
  const admission = new Admission({
    maxRunning: config.MAX_REQUESTS,
    maxLoopDelayMs: config.MAX_LOOP_DELAY_MS,
    loopDelayMs,
  });
  const detector = new CancelDetector((hash) => graph.persistedDocuments.peek(hash));
  const shedder = new LoadShedder(admission, detector, onShed);
  const callerLimit = createCallerLimit(surroundings, parts.allowance, detector);
  const authenticate = createAuthentication(authSettingsOf(config), clock, (error) =>
    logger.error({ err: error }, "keys of tokens"),
  );
  const onRequestEnd: OnRequestEnd = (...end) => metrics.onRequest(...end);
  const server = createHttpHost({
    graphql: createGraphqlHandler(graph.apollo, {
      compiled: graph.compiled,
      createContext: (request, response, body) => {
        const enter = (identity: Identity) => {
          noteSubject(response, subjectOf(identity));
          const create = () => createContext(contextParts, identity, request, response);
          return callerLimit?.enter(callerKeyOf(callerOf(request, identity)), body).then(create) ?? create();
        };
        const identity = authenticate(request);
        return identity instanceof Promise ? identity.then(enter) : enter(identity);
      },
      bodyLimitBytes: config.HTTP_BODY_LIMIT_BYTES,
      bodyRoom: new BodyRoom(ARRIVING_BODIES_LIMIT_BYTES, () => onShed("other")),
      enter: (request, body) => {
        requestTimeoutMsOf(request);
        return shedder.enter(body);
      },
      onError: (error) => logger.error({ err: error }, "request failed"),
    }),
    isReady: parts.isReady,
    healthDetails: parts.healthDetails,
    isOverloaded: () => admission.isFull,
    tellsBrowsers: !config.SANDBOX,
    corsOrigins: config.CORS_ORIGINS,
    onRequest: (request, response) => logRequest(requestLogger, clock, onRequestEnd, request, response),
    onNoRequest: (status) => logNoRequest(requestLogger, onRequestEnd, status),
    onRefusedConnection: () => metrics.onRefusedConnection(),
    limits: httpLimitsOf(config),
  });
  const listen = async () => {
    // A file that is not there is a slip. An issuer that does not answer now may do so when the first token comes.
    if (config.AUTH === "jwt" && config.AUTH_JWKS_FILE !== "")
      await blame("AUTH_JWKS_FILE", readKeys(config.AUTH_JWKS_FILE));
    return blame("PORT or HOST", listenOn(server, config.PORT, config.HOST));
  };
  const requestsRunning = () => admission.runningCount;
  return { server, requestsRunning, loopDelayMs, listen, close: () => probe?.stop() };
}

function httpLimitsOf(config: Config): HttpLimits {
  return {
    connectionsLimit: config.HTTP_CONNECTIONS_LIMIT,
    headersLimitBytes: config.HTTP_HEADERS_LIMIT_BYTES,
    headersLimit: config.HTTP_HEADERS_LIMIT,
    headersTimeoutMs: config.HTTP_HEADERS_TIMEOUT_MS,
    requestTimeoutMs: config.HTTP_REQUEST_TIMEOUT_MS,
    keepAliveTimeoutMs: config.HTTP_KEEP_ALIVE_TIMEOUT_MS,
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
    tenantClaim: config.AUTH_TENANT_CLAIM,
    routerProofs: {
      secrets: config.AUTH_ROUTER_SECRETS,
      certificateHeader: config.AUTH_ROUTER_CERTIFICATE_HEADER,
      fingerprints: config.AUTH_ROUTER_CERTIFICATES,
    },
  };
}
