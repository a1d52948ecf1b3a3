import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError, Kind } from "graphql";
import { AccessError } from "../access/access-error.js";
import { InvalidInputError } from "../input/invalid-input-error.js";
import { KlaviyoError, klaviyoErrorIdOf, retryAfterMsOf } from "../klaviyo/failure.js";
import { type Operation, OPERATIONS } from "../klaviyo/operations.js";
import { SUPPORTED_REVISIONS } from "../klaviyo/revisions.js";
import { upstreamCodeOf } from "../klaviyo/upstream-code.js";
import { reasonOf } from "../klaviyo/upstream-reason.js";
import { ClientGoneError } from "./request-wait.js";
import { type ErrorCode, isErrorCode } from "./error-codes.js";
import { LimitError } from "./limits/limit-error.js";
import { NullVariablesError } from "./limits/null-variables.js";
import { TooManyRequestsError } from "./load/too-many-requests-error.js";
import { extensionsOf, type PublicError } from "./public-error.js";

/** Told of an error that is the gateway's own fault, with the id that its client was given instead of it. */
export type OnIncident = (incidentId: string, error: unknown) => void;

/**
 * From whatever was thrown to what a client may know: a code of the documented table, a message of ours, and the extensions that
 * the table promises. Everything unknown is masked.
 */
export function createFormatError(
  newIncidentId: () => string,
  onIncident: OnIncident,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const told = publicErrorOf(formatted, error) ?? masked(newIncidentId(), error, onIncident);
    const { locations, path } = formatted;
    return {
      message: told.message,
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: extensionsOf(told),
    };
  };
}

function masked(incidentId: string, error: unknown, onIncident: OnIncident): PublicError {
  const thrown = unwrapResolverError(error);
  // A client that left is no fault of ours; and as it has left, nobody is going to ask for the incident.
  if (!(thrown instanceof ClientGoneError)) onIncident(incidentId, thrown);
  return {
    code: "INTERNAL_SERVER_ERROR",
    message: `Internal server error. Incident ${incidentId}.`,
    extensions: { incidentId },
  };
}

function publicErrorOf(formatted: GraphQLFormattedError, error: unknown): PublicError | undefined {
  const thrown = unwrapResolverError(error);
  if (thrown instanceof InvalidInputError) return ofInvalidInput(thrown);
  if (thrown instanceof KlaviyoError) return ofKlaviyo(thrown);
  if (thrown instanceof AccessError) return ofAccess(thrown);
  if (thrown instanceof TooManyRequestsError) return ofTooManyRequests(thrown);
  // What a resolver or a library threw is not meant for clients, whatever code it may carry.
  if (!(thrown instanceof GraphQLError)) return undefined;
  // Apollo Server wraps what a rule of validation reports.
  const excess = thrown instanceof LimitError ? thrown : thrown.originalError;
  if (excess instanceof LimitError) return ofLimit(excess, formatted.message);
  if (thrown instanceof NullVariablesError)
    return { code: "BAD_USER_INPUT", message: thrown.message, extensions: { fields: thrown.faults } };
  if (TOO_MANY_TOKENS.test(thrown.message))
    return { code: "MAX_TOKENS_LIMIT", message: "The document is too long: lists belong into variables." };
  const miscast = MISCAST.get(thrown.message);
  if (miscast) return miscast;
  const code = formatted.extensions?.["code"];
  if (!isErrorCode(code) || code === "INTERNAL_SERVER_ERROR") return undefined;
  return { code, message: formatted.message, ...fieldsOf(code, thrown, formatted.message) };
}

/** Faults of clients that Apollo Server and graphql-js report as the server's, or in words of the JavaScript engine. */
const MISCAST: ReadonlyMap<string, PublicError> = new Map([
  [
    "provided sha does not match query",
    { code: "BAD_REQUEST", message: "The query does not have the given hash." } as const,
  ],
  [
    "Unsupported persisted query version",
    { code: "BAD_REQUEST", message: "Persisted queries are understood in version 1." } as const,
  ],
  [
    "Schema is not configured to execute subscription operation.",
    { code: "GRAPHQL_VALIDATION_FAILED", message: "The schema has no subscriptions." } as const,
  ],
  [
    "Too many errors processing variables, error limit reached. Execution aborted.",
    { code: "BAD_USER_INPUT", message: "There is more that is wrong with the variables." } as const,
  ],
  [
    "Maximum call stack size exceeded",
    { code: "GRAPHQL_PARSE_FAILED", message: "The document is nested too deeply." } as const,
  ],
]);

/** graphql-js has this as a syntax error like others. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[nt] \d+ tokens\. Parsing aborted\.$/;

/** @param message the error's own, shortened: it may hold a name that its sender has made up */
function ofLimit({ excess: { code, limit, actual } }: LimitError, message: string): PublicError {
  return { code, message, extensions: { limit, actual } };
}

function ofAccess({ code, message, missingScopes }: AccessError): PublicError {
  return { code, message, extensions: { missingScopes: missingScopes.length > 0 ? missingScopes : undefined } };
}

function ofTooManyRequests({ code, message, retryAfterMs }: TooManyRequestsError): PublicError {
  return { code, message, extensions: { retryAfterMs } };
}

function ofInvalidInput(error: InvalidInputError): PublicError {
  const fields = error.faults;
  if (!error.isOnlyUnsupportedRevision)
    return { code: "BAD_USER_INPUT", message: error.message, extensions: { fields } };
  const extensions = { fields, supportedRevisions: SUPPORTED_REVISIONS };
  return { code: "REVISION_NOT_SUPPORTED", message: error.message, extensions };
}

/** A variable of the wrong type names its field as well: the variable. */
function fieldsOf(code: ErrorCode, error: GraphQLError, message: string): Pick<PublicError, "extensions"> {
  const node = error.nodes?.[0];
  if (code !== "BAD_USER_INPUT" || node?.kind !== Kind.VARIABLE_DEFINITION) return {};
  return { extensions: { fields: [{ field: node.variable.name.value, message }] } };
}

function ofKlaviyo({ failure, operation }: KlaviyoError): PublicError {
  const declared = Object.values<Operation>(OPERATIONS).find(({ name }) => name === operation);
  return {
    code: upstreamCodeOf(failure),
    message: sentence(reasonOf(failure, declared)),
    extensions: { retryAfterMs: retryAfterMsOf(failure), klaviyoErrorId: klaviyoErrorIdOf(failure) },
  };
}

function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
