/**
 * Every `extensions.code` that can leave the gateway, and nothing else may. docs/errors.md is held against this table by a test.
 * What becomes of a cancel is not here: that is data, in `CancelCampaignSendPayload`.
 */
export const ERROR_CODES = {
  BAD_USER_INPUT: {
    meaning: "Arguments or variables cannot be worked with. All faults are listed.",
    extensions: ["fields"],
  },
  REVISION_NOT_SUPPORTED: {
    meaning: "The revision is well-formed, but the gateway does not know how to speak it.",
    extensions: ["fields", "supportedRevisions"],
  },
  RATE_LIMITED: {
    meaning: "Klaviyo's rate limit for this read is used up.",
    extensions: ["retryAfterMs", "klaviyoErrorId"],
  },
  FORBIDDEN: {
    meaning: "The caller, or the gateway's Klaviyo key, lacks a scope, which the message names.",
    extensions: ["missingScopes", "klaviyoErrorId"],
  },
  UNAUTHENTICATED: {
    meaning: "The request does not prove who sends it, and what it asks for is not for everybody.",
    extensions: [],
  },
  ACCOUNT_UNKNOWN: {
    meaning: "The caller is known, but not whose Klaviyo account it works on: its tenant is missing or has none.",
    extensions: [],
  },
  AUTHENTICATION_UNAVAILABLE: {
    meaning: "Tokens cannot be checked: the issuer's keys cannot be read. Try again later.",
    extensions: [],
  },
  UPSTREAM_UNAUTHORIZED: { meaning: "Klaviyo refused the gateway's key.", extensions: ["klaviyoErrorId"] },
  UPSTREAM_TIMEOUT: { meaning: "Klaviyo did not answer in time.", extensions: [] },
  UPSTREAM_UNAVAILABLE: {
    meaning: "Klaviyo could not be reached, or answered with a server error, or has done so too often just now.",
    extensions: ["retryAfterMs", "klaviyoErrorId"],
  },
  UPSTREAM_REFUSED: {
    meaning: "Klaviyo refused what the gateway asked for, by its API's own error. Asking again does not help.",
    extensions: ["klaviyoErrorId"],
  },
  UPSTREAM_INVALID_RESPONSE: {
    meaning:
      "What answered does not speak Klaviyo's API: HTML, a redirect, broken or misshapen JSON, another resource.",
    extensions: ["klaviyoErrorId"],
  },
  OVERLOADED: {
    meaning: "The gateway has more to do than it can do, and did nothing of this. Cancels are let in to the last.",
    extensions: ["retryAfterMs"],
  },
  TOO_MANY_REQUESTS: {
    meaning:
      "The caller has used up CALLER_REQUESTS_PER_MINUTE, and nothing of this was done. Cancels have more, of their own.",
    extensions: ["retryAfterMs"],
  },
  INTERNAL_SERVER_ERROR: {
    meaning: "A fault of the gateway's own. `incidentId` finds it in the gateway's log.",
    extensions: ["incidentId"],
  },
  GRAPHQL_PARSE_FAILED: { meaning: "The document is not GraphQL.", extensions: [] },
  GRAPHQL_VALIDATION_FAILED: { meaning: "The document does not fit the schema.", extensions: [] },
  MAX_TOKENS_LIMIT: { meaning: "The document is longer than GRAPHQL_MAX_TOKENS.", extensions: [] },
  MAX_DEPTH_LIMIT: {
    meaning: "Fields are nested deeper than GRAPHQL_MAX_DEPTH, fragments written out.",
    extensions: ["limit", "actual"],
  },
  MAX_HEIGHT_LIMIT: {
    meaning: "There are more fields than GRAPHQL_MAX_HEIGHT, fragments written out.",
    extensions: ["limit", "actual"],
  },
  MAX_ROOT_FIELDS_LIMIT: {
    meaning: "There are more root fields than GRAPHQL_MAX_ROOT_FIELDS.",
    extensions: ["limit", "actual"],
  },
  MAX_ALIASES_LIMIT: { meaning: "There are more aliases than GRAPHQL_MAX_ALIASES.", extensions: ["limit", "actual"] },
  MAX_DIRECTIVES_LIMIT: {
    meaning: "There are more directives than GRAPHQL_MAX_DIRECTIVES, or more than four at one place.",
    extensions: ["limit", "actual"],
  },
  MAX_LIST_SIZE_LIMIT: {
    meaning:
      "A list, or the size of a page, is larger than GRAPHQL_MAX_LIST_SIZE or GRAPHQL_MAX_REPRESENTATIONS. " +
      "Of a page, `limit` is what its list gives where that is less.",
    extensions: ["limit", "actual"],
  },
  COST_ESTIMATED_TOO_EXPENSIVE: {
    meaning: "The operation may cause more Klaviyo calls than GRAPHQL_MAX_COST.",
    extensions: ["limit", "actual"],
  },
  OPERATION_RESOLUTION_FAILURE: {
    meaning: "`operationName` is needed, or names no operation of the document.",
    extensions: [],
  },
  QUERY_NOT_IN_SAFELIST: {
    meaning: "Only operations of the safelist are run, and this is none of them.",
    extensions: [],
  },
  PERSISTED_QUERY_NOT_FOUND: {
    meaning: "Automatic persisted queries: send the query along once.",
    extensions: [],
  },
  BAD_REQUEST: {
    meaning: "The HTTP request is not a GraphQL request, or was blocked as a possible cross-site forgery.",
    extensions: [],
  },
  NOT_FOUND: { meaning: "There is nothing at this path. GraphQL is at `/graphql`.", extensions: [] },
  METHOD_NOT_ALLOWED: { meaning: "GraphQL takes GET, POST and OPTIONS; health takes GET and HEAD.", extensions: [] },
  REQUEST_TIMEOUT: {
    meaning: "The request did not arrive within HTTP_HEADERS_TIMEOUT_MS and HTTP_REQUEST_TIMEOUT_MS.",
    extensions: [],
  },
  PAYLOAD_TOO_LARGE: { meaning: "The body is larger than HTTP_BODY_LIMIT_BYTES.", extensions: [] },
  UNSUPPORTED_MEDIA_TYPE: {
    meaning: "The body is encoded or in a charset other than UTF-8.",
    extensions: [],
  },
  EXPECTATION_FAILED: {
    meaning: "The request expects something other than `100-continue`.",
    extensions: [],
  },
  REQUEST_HEADER_FIELDS_TOO_LARGE: {
    meaning: "The request's headers are larger than HTTP_HEADERS_LIMIT_BYTES, or more than HTTP_HEADERS_LIMIT.",
    extensions: [],
  },
} as const satisfies Record<string, { readonly meaning: string; readonly extensions: readonly string[] }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(ERROR_CODES, code);
}
