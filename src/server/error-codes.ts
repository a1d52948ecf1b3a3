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
    meaning: "The gateway's Klaviyo key lacks a scope, which the message names.",
    extensions: ["klaviyoErrorId"],
  },
  UPSTREAM_UNAUTHORIZED: { meaning: "Klaviyo refused the gateway's key.", extensions: ["klaviyoErrorId"] },
  UPSTREAM_TIMEOUT: { meaning: "Klaviyo did not answer in time.", extensions: [] },
  UPSTREAM_UNAVAILABLE: {
    meaning: "Klaviyo could not be reached, or answered with a server error.",
    extensions: ["klaviyoErrorId"],
  },
  UPSTREAM_INVALID_RESPONSE: {
    meaning:
      "What answered does not speak Klaviyo's API: HTML, a redirect, broken or misshapen JSON, another resource.",
    extensions: ["klaviyoErrorId"],
  },
  INTERNAL_SERVER_ERROR: {
    meaning: "A fault of the gateway's own. `incidentId` finds it in the gateway's log.",
    extensions: ["incidentId"],
  },
  GRAPHQL_PARSE_FAILED: { meaning: "The document is not GraphQL.", extensions: [] },
  GRAPHQL_VALIDATION_FAILED: { meaning: "The document does not fit the schema.", extensions: [] },
  OPERATION_RESOLUTION_FAILURE: {
    meaning: "`operationName` is needed, or names no operation of the document.",
    extensions: [],
  },
  PERSISTED_QUERY_NOT_FOUND: {
    meaning: "Automatic persisted queries: send the query along once.",
    extensions: [],
  },
  PERSISTED_QUERY_NOT_SUPPORTED: { meaning: "Automatic persisted queries are off.", extensions: [] },
  BAD_REQUEST: {
    meaning: "The HTTP request is not a GraphQL request, or was blocked as a possible cross-site forgery.",
    extensions: [],
  },
  NOT_FOUND: { meaning: "There is nothing at this path. GraphQL is at `/graphql`.", extensions: [] },
  METHOD_NOT_ALLOWED: { meaning: "GraphQL takes GET, POST and OPTIONS.", extensions: [] },
  REQUEST_TIMEOUT: { meaning: "The request did not arrive in time.", extensions: [] },
  PAYLOAD_TOO_LARGE: { meaning: "The body is larger than HTTP_BODY_LIMIT_BYTES.", extensions: [] },
  UNSUPPORTED_MEDIA_TYPE: {
    meaning: "The body is encoded or in a charset other than UTF-8.",
    extensions: [],
  },
  EXPECTATION_FAILED: {
    meaning: "The request expects something other than `100-continue`.",
    extensions: [],
  },
  REQUEST_HEADER_FIELDS_TOO_LARGE: { meaning: "The request's headers are too large.", extensions: [] },
} as const satisfies Record<string, { readonly meaning: string; readonly extensions: readonly string[] }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(ERROR_CODES, code);
}
