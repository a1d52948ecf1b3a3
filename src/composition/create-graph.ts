import { randomUUID } from "node:crypto";
import type { ApolloServer } from "@apollo/server";
import type { Config } from "../config/settings.js";
import { WatchedFile } from "../files/watched-file.js";
import { buildGatewaySchema } from "../graph/gateway-schema.js";
import { createApolloServer } from "../server/apollo-server.js";
import type { GatewayContext } from "../server/context.js";
import { CompiledRequests } from "../server/compiled-requests.js";
import { createFormatError } from "../server/format-error.js";
import type { OperationLimits } from "../server/limits/operation-limits.js";
import { type Manifest, parseManifest } from "../server/safelist/manifest.js";
import { createPersistedDocuments, type PersistedDocuments } from "../server/safelist/persisted-documents.js";
import { viewerOf } from "../server/viewer.js";
import { blame } from "./blame.js";
import type { Surroundings } from "./surroundings.js";

/** The graph behind Apollo Server, and which operations it takes. */
export interface Graph {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly persistedDocuments: PersistedDocuments;
  /** Operations that have been seen before; undefined where that is switched off. */
  readonly compiled: CompiledRequests<GatewayContext> | undefined;
  readonly start: () => Promise<void>;
  /** Reads the safelist again. Does not throw. */
  readonly reload: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createGraph(surroundings: Surroundings): Graph {
  const { config, clock, logger, metrics } = surroundings;
  const { schema } = buildGatewaySchema({ publishesScopes: config.AUTH !== "none" });
  const manifest = watchManifest(surroundings);
  const persistedDocuments = createPersistedDocuments(() => manifest?.value);
  const limits = operationLimitsOf(config);
  const compiled =
    config.COMPILED_OPERATIONS === "off"
      ? undefined
      : new CompiledRequests<GatewayContext>({
          schema,
          limits,
          documentOf: persistedDocuments.use,
          clock,
          viewerOf,
          epochOf: ({ client }) => client.epoch,
          readsOf: ({ reads }) => reads,
          waitOf: ({ wait }) => wait,
          onRun: (end) => metrics.onCompiled(end),
          isExpected: (document) => manifest?.value.has(document) ?? true,
        });
  const apollo = createApolloServer<GatewayContext>({
    schema,
    introspection: config.INTROSPECTION,
    sandbox: config.SANDBOX,
    formatError: createFormatError(randomUUID, (incidentId, error) =>
      logger.error({ incidentId, err: error }, "incident"),
    ),
    limits,
    plugins: compiled ? [compiled.plugin] : [],
    persistedDocuments,
    safelist: manifest && {
      manifest: () => manifest.value,
      mode: config.PERSISTED_OPERATIONS === "enforce" ? "enforce" : "log",
      onUnlisted: (operation) => logger.warn(operation, "not in the safelist"),
    },
    logger,
  });
  const start = async () => {
    await apollo.start();
    if (manifest) await blame("PERSISTED_OPERATIONS_MANIFEST", manifest.start());
  };
  const close = async () => {
    manifest?.close();
    await apollo.stop();
  };
  return { apollo, persistedDocuments, compiled, start, reload: async () => manifest?.reload(), close };
}

function watchManifest({ config, clock, logger }: Surroundings): WatchedFile<Manifest> | undefined {
  const path = config.PERSISTED_OPERATIONS_MANIFEST;
  if (config.PERSISTED_OPERATIONS === "off") return undefined;
  return new WatchedFile({
    path,
    parse: parseManifest,
    clock,
    onReload: () => logger.info({ path }, "safelist read again"),
    onFailure: (error) => logger.error({ path, err: error }, "safelist cannot be read; the one before stays in use"),
  });
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
