import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin, type BaseContext } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginLandingPageLocalDefault } from "@apollo/server/plugin/landingPage/default";
import { cacheStatusPlugin } from "./cache-status.js";
import type { GraphQLFormattedError, GraphQLSchema } from "graphql";
import { inlineTracePlugin } from "./inline-trace.js";
import { createLimitsPlugin } from "./limits/limits-plugin.js";
import { createLimitsRule } from "./limits/limits-rule.js";
import { nullVariablesPlugin } from "./limits/null-variables.js";
import type { OperationLimits } from "./limits/operation-limits.js";
import { createDocumentStore } from "./parsed-documents.js";
import type { PersistedDocuments } from "./safelist/persisted-documents.js";
import { createSafelistPlugin, type SafelistOptions } from "./safelist/safelist-plugin.js";

export interface ApolloServerSettings {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly sandbox: boolean;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  /** What an operation may ask for. None: as much as it likes. */
  readonly limits?: OperationLimits;
  /** Where documents are kept that clients name by their hashes. None: Apollo Server's own place. */
  readonly persistedDocuments?: PersistedDocuments;
  /** Which operations are expected. None: any. */
  readonly safelist?: SafelistOptions | undefined;
  /** What else is to know of requests. */
  readonly plugins?: readonly ApolloServerPlugin<BaseContext>[];
  readonly logger: NonNullable<ApolloServerOptions<BaseContext>["logger"]>;
}

/** Apollo Server with what a subgraph of ours needs of it switched on, and what it would do by default and should not, off. */
export function createApolloServer<TContext extends BaseContext>(
  settings: ApolloServerSettings,
): ApolloServer<TContext> {
  const { schema, introspection, formatError, limits, persistedDocuments, safelist, logger, plugins = [] } = settings;
  return new ApolloServer<TContext>({
    schema,
    introspection,
    formatError: (formatted, error) => {
      const short = shortened(formatted);
      return formatError(introspection ? short : withoutSuggestion(inOurWords(short)), error);
    },
    logger,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    documentStore: createDocumentStore(),
    ...(limits && { parseOptions: { maxTokens: limits.tokens }, validationRules: [createLimitsRule(limits)] }),
    ...(persistedDocuments && { persistedQueries: { cache: persistedDocuments } }),
    // The composition root drains; a second handler for the same signal would race with it.
    stopOnTerminationSignals: false,
    plugins: [
      settings.sandbox
        ? ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false } })
        : // The default would run a script from a CDN on the gateway's own origin.
          ApolloServerPluginLandingPageDisabled(),
      // It would wrap every resolver of the schema, at a third of a request's cost.
      ApolloServerPluginCacheControlDisabled(),
      // Ours is loaded once a trace is asked for.
      ApolloServerPluginInlineTraceDisabled(),
      inlineTracePlugin,
      ...(limits ? [createLimitsPlugin(limits)] : []),
      nullVariablesPlugin,
      ...(safelist ? [createSafelistPlugin(safelist)] : []),
      legacyStatusPlugin,
      cacheStatusPlugin,
      ...plugins,
    ],
  });
}

/** Of a message that is longer, its beginning and its end are told: what is wrong, and with what. */
const LONGEST_MESSAGE = 700;
/** Longer than any suggestion, which stands at the end: it is not to lose its beginning. */
const MESSAGE_END = 500;

/** graphql-js repeats all that was sent in each message about it. */
function shortened(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { message } = formatted;
  if (message.length <= LONGEST_MESSAGE) return formatted;
  return {
    ...formatted,
    message: `${message.slice(0, LONGEST_MESSAGE - MESSAGE_END)} … ${message.slice(-MESSAGE_END)}`,
  };
}

/** From the last "Did you mean" before a question mark: none is looked through again from each one before it. */
const SUGGESTION = / ?Did you mean (?:(?!Did you mean )[^?])*\?/g;

/**
 * "Did you mean ..." tells the schema to those who may not introspect it. Apollo Server's own setting leaves it in errors about
 * variables.
 */
function withoutSuggestion(formatted: GraphQLFormattedError): GraphQLFormattedError {
  return { ...formatted, message: formatted.message.replace(SUGGESTION, "") };
}

const NO_INTROSPECTION = "GraphQL introspection is not allowed by Apollo Server";

/** Apollo Server's advice is for who writes the server; our readers have a setting. */
function inOurWords(formatted: GraphQLFormattedError): GraphQLFormattedError {
  if (!formatted.message.startsWith(NO_INTROSPECTION)) return formatted;
  return {
    ...formatted,
    message: "The schema cannot be queried: introspection is off, and INTROSPECTION=true turns it on.",
  };
}

const REQUEST_ERRORS: ReadonlySet<unknown> = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
]);

/**
 * GraphQL over HTTP: whoever does not ask for `application/graphql-response+json` cannot tell our 4xx from a proxy's, so
 * a well-formed request whose document is at fault is answered 200 for them.
 * https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
const legacyStatusPlugin: ApolloServerPlugin = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response }) => {
      const { http, body } = response;
      const isModern = request.http?.headers.get("accept")?.includes("application/graphql-response+json") ?? false;
      if (isModern || http.status !== 400 || body.kind !== "single") return;
      const errors = body.singleResult.errors ?? [];
      if (errors.every((error) => REQUEST_ERRORS.has(error.extensions?.["code"]))) http.status = 200;
    },
  }),
};
