import { parseCallLimits } from "../klaviyo/call-limits.js";
import { NEWEST_REVISION, READING_REVISIONS } from "../klaviyo/revisions.js";
import { parseKey, parseKeys } from "./keys.js";
import {
  fingerprints,
  flag,
  headerName,
  integer,
  list,
  oneOf,
  originUrl,
  parsed,
  portOrOff,
  redisUrl,
  secret,
  secretFile,
  secrets,
  type Setting,
  someOf,
  text,
  url,
} from "./setting.js";

/** Those with a public key. With a shared secret, whoever can check a token could make one. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
] as const;

const SANDBOX_ORIGINS = "https://studio.apollographql.com,https://sandbox.embed.apollographql.com";

/**
 * Every environment variable that the gateway knows. The table in docs/configuration.md and .env.example are held against this one
 * by a test. A default that differs in development stands in `developmentDefault`.
 */
export const SETTINGS = {
  NODE_ENV: oneOf(["production", "development"], "production", {
    description: "`development` opens introspection, Sandbox and CORS for Sandbox, unless they are set.",
  }),
  PORT: integer(4000, 0, 65_535, { description: "TCP port to listen on; 0 picks a free one." }),
  HOST: text("127.0.0.1", {
    description: "Address to listen on. Anybody who reaches it can press the button: widen it knowingly.",
  }),
  AUTH: oneOf(["jwt", "router", "none"], "none", {
    description: "How callers are known: by JSON Web Tokens, by a router that has authenticated them, or not at all.",
  }),
  ALLOW_UNAUTHENTICATED: flag(false, {
    description: "The second word that AUTH=none needs in production: whoever reaches the port can press the button.",
  }),
  AUTH_JWKS_URL: url("", { description: "Where the issuer publishes its keys. For AUTH=jwt, this or AUTH_JWKS_FILE." }),
  AUTH_JWKS_FILE: text("", {
    description: "A file with the issuer's keys: a JSON Web Key Set, or one public key as PEM.",
  }),
  AUTH_ISSUER: text("", { description: "What `iss` has to be. Needed for AUTH=jwt." }),
  AUTH_AUDIENCE: text("", { description: "What `aud` has to be or hold. Needed for AUTH=jwt." }),
  AUTH_ALGORITHMS: someOf(ALGORITHMS, "RS256,ES256", {
    description: "Algorithms that tokens may be signed with, separated by commas. There are none with shared secrets.",
  }),
  AUTH_CLOCK_TOLERANCE_MS: integer(30_000, 0, 600_000, {
    description: "How far the issuer's clock may be from the gateway's.",
  }),
  AUTH_SCOPE_CLAIM: text("scope", { description: "The claim that holds the caller's scopes, as a text or a list." }),
  AUTH_TENANT_CLAIM: text("tenant", {
    description:
      "The claim that names the caller's tenant, for KLAVIYO_CREDENTIALS=accounts. A router sends `x-caller-tenant`.",
  }),
  AUTH_ROUTER_SECRETS: secrets({
    description:
      "For AUTH=router: what the router sends as `x-router-secret`; two, separated by a comma, while it changes.",
  }),
  AUTH_ROUTER_SECRETS_FILE: secretFile("them"),
  AUTH_ROUTER_CERTIFICATE_HEADER: headerName({
    description:
      "For AUTH=router: the header in which what ends TLS says the SHA-256 fingerprint of the client's certificate. It must never let one through from outside.",
  }),
  AUTH_ROUTER_CERTIFICATES: fingerprints({
    description: "The fingerprints of routers that are believed by that header, separated by commas.",
  }),
  KLAVIYO_CREDENTIALS: oneOf(["key", "accounts", "oauth", "pass-through"], "key", {
    description:
      "Whose Klaviyo it is: the one of a private key, that of each caller's tenant, the one of an OAuth app, or that of the " +
      "credential that each caller sends.",
  }),
  KLAVIYO_API_KEY: parsed("", parseKey, {
    description:
      "Klaviyo's private key, with the scopes `campaigns:read` and `campaigns:write`; parts of the graph need `tags:read`, " +
      "`lists:read`, `segments:read`, `templates:read`, `images:read`, `metrics:read`. For KLAVIYO_CREDENTIALS=key, this or KLAVIYO_API_KEY_FILE.",
  }),
  KLAVIYO_API_KEY_FILE: text("", {
    description: "A file that holds the key and nothing else. It is read again when it changes, and at SIGHUP.",
  }),
  KLAVIYO_ACCOUNTS: parsed("", parseKeys, {
    description:
      'For KLAVIYO_CREDENTIALS=accounts: a private key for each tenant, as JSON such as `{"acme":"pk_..."}`. This or KLAVIYO_ACCOUNTS_FILE.',
  }),
  KLAVIYO_ACCOUNTS_FILE: text("", {
    description: "A file that holds the same. It is read again when it changes, and at SIGHUP.",
  }),
  KLAVIYO_OAUTH_CLIENT_ID: secret({ description: "For KLAVIYO_CREDENTIALS=oauth: the app's id." }),
  KLAVIYO_OAUTH_CLIENT_SECRET: secret({ description: "The app's secret." }),
  KLAVIYO_OAUTH_CLIENT_SECRET_FILE: secretFile("it"),
  KLAVIYO_OAUTH_REFRESH_TOKEN: secret({
    description:
      "The refresh token that the account's owner gave the app. Access tokens are had with it, and renewed in time.",
  }),
  KLAVIYO_OAUTH_REFRESH_TOKEN_FILE: secretFile("it"),
  KLAVIYO_BASE_URL: originUrl("https://a.klaviyo.com", {
    description: "Where Klaviyo's API is. Plain http is accepted for loopback addresses alone.",
  }),
  KLAVIYO_REVISION: oneOf(READING_REVISIONS, NEWEST_REVISION, {
    description: "API revision of the gateway's own reads. A cancel goes out at the revision that its caller names.",
  }),
  KLAVIYO_CONNECT_TIMEOUT_MS: integer(2_000, 1, 60_000, { description: "The longest that connecting may take." }),
  KLAVIYO_ATTEMPT_TIMEOUT_MS: integer(4_000, 1, 60_000, {
    description: "The longest that one call may take, from asking to the last byte of the answer.",
  }),
  KLAVIYO_CONNECTIONS: integer(64, 1, 1_024, {
    description:
      "The most connections to Klaviyo at a time, and as many again for cancels alone, opened when they are needed.",
  }),
  KLAVIYO_RESPONSE_LIMIT_BYTES: integer(10_485_760, 1_024, 104_857_600, {
    description: "Larger answers are not read to their end.",
  }),
  KLAVIYO_LIMITS: parsed("", parseCallLimits, {
    description:
      "Limits that differ from Klaviyo's usual ones, such as `get_campaigns=5/75` (calls a second and a minute); `off` for none.",
  }),
  KLAVIYO_CANCEL_SHARE_PERCENT: integer(15, 0, 50, {
    description:
      "What is kept for cancels of each limit that they need, so that reads never use it up; of the limit of lists, a fifth of that.",
  }),
  KLAVIYO_READ_ATTEMPTS: integer(3, 1, 5, {
    description:
      "How often one read may be tried in all, while there is time and not too much fails. Writes go by rules of their own.",
  }),
  KLAVIYO_BREAKER: oneOf(["on", "off"], "on", {
    description: "Whether calls but those of cancels are refused for a few seconds after half of them failed.",
  }),
  KLAVIYO_CACHE: oneOf(["on", "off"], "on", {
    description: "Whether answers are kept for a moment. Equal reads at the same time share a call in any case.",
  }),
  KLAVIYO_CACHE_LIMIT_BYTES: integer(33_554_432, 1_024, 1_073_741_824, {
    description: "All answers that are kept together, as they came over the wire, with their URLs.",
  }),
  REDIS_URL: redisUrl({
    description:
      "Redis or Valkey through which replicas share Klaviyo's limits: `redis://` or, with TLS, `rediss://`. Without it, each counts for itself.",
  }),
  REDIS_URL_FILE: secretFile("it"),
  REDIS_TIMEOUT_MS: integer(100, 1, 1_000, {
    description:
      "The longest that anything waits for Redis. After three times as long without a word, or five late answers in a row, the replica goes on by itself until Redis is back.",
  }),
  REPLICAS: integer(1, 1, 1_000, {
    description:
      "How many replicas use the account, at most: each takes so great a part of Klaviyo's limits while Redis is away. Has to be set with `REDIS_URL`.",
  }),
  QUERY_DEADLINE_MS: integer(10_000, 1, 120_000, { description: "All that a query may take with Klaviyo." }),
  CANCEL_DEADLINE_MS: integer(15_000, 1, 120_000, {
    description: "All that the cancels of one request may take together. Nothing is sent to Klaviyo after it.",
  }),
  CANCEL_WAIT_MS: integer(5_000, 0, 120_000, {
    description: "How long a cancel waits, after Klaviyo accepted it, to see the campaign stopped.",
  }),
  WRITE_DEADLINE_MS: integer(15_000, 1, 120_000, {
    description:
      "All that the other writes of one request may take together. A fifth of it is kept for looking what became of them.",
  }),
  STATISTICS_MAX_AGE_MS: integer(900_000, 0, 86_400_000, {
    description: "How old statistics may be before Klaviyo is asked for new ones. It makes 225 reports a day.",
  }),
  SHUTDOWN_DELAY_MS: integer(0, 0, 120_000, {
    description: "After SIGTERM, how long to go on serving while `/readyz` says 503, for load balancers to notice.",
  }),
  DRAIN_TIMEOUT_MS: integer(20_000, 1, 240_000, {
    description: "After that, how long running requests and cancels may take to end.",
  }),
  TERMINATION_GRACE_MS: integer(30_000, 1, 300_000, {
    description: "When the orchestrator kills the process after SIGTERM. Used to check the two above.",
  }),
  HTTP_BODY_LIMIT_BYTES: integer(262_144, 1_024, 10_485_760, { description: "Larger request bodies are refused." }),
  HTTP_CONNECTIONS_LIMIT: integer(10_000, 2, 1_000_000, {
    description: "How many clients may be connected. Those that do nothing are sent away before others are refused.",
  }),
  HTTP_HEADERS_LIMIT_BYTES: integer(16_384, 1_024, 131_072, {
    description: "A request whose headers are larger, its URL among them, is refused with 431.",
  }),
  HTTP_HEADERS_LIMIT: integer(100, 10, 1_000, { description: "A request that has more headers is refused with 431." }),
  HTTP_HEADERS_TIMEOUT_MS: integer(10_000, 1, 120_000, {
    description: "How long a client may take to send a request's headers; after that it gets 408.",
  }),
  HTTP_REQUEST_TIMEOUT_MS: integer(30_000, 1, 300_000, {
    description: "How long a client may take to send a whole request; after that it gets 408.",
  }),
  HTTP_KEEP_ALIVE_TIMEOUT_MS: integer(65_000, 1, 600_000, {
    description: "How long an idle connection is kept. It should be longer than that of the load balancer in front.",
  }),
  GRAPHQL_MAX_TOKENS: integer(2_000, 100, 100_000, {
    description: "Longer documents are refused; lists belong into variables.",
  }),
  GRAPHQL_MAX_DEPTH: integer(20, 1, 1_000, { description: "Fields within fields, fragments written out." }),
  GRAPHQL_MAX_HEIGHT: integer(300, 1, 100_000, { description: "Fields of an operation, fragments written out." }),
  GRAPHQL_MAX_ROOT_FIELDS: integer(20, 1, 1_000, { description: "Fields of an operation that have no parent." }),
  GRAPHQL_MAX_ALIASES: integer(50, 0, 10_000, { description: "Aliases of an operation, also those of `__typename`." }),
  GRAPHQL_MAX_DIRECTIVES: integer(50, 0, 10_000, {
    description: "Directives of an operation. At one place, more than four are refused whatever this says.",
  }),
  GRAPHQL_MAX_LIST_SIZE: integer(250, 1, 10_000, {
    description: "Items of a list in arguments and variables, and what `first` may ask for. Fields may accept less.",
  }),
  GRAPHQL_MAX_REPRESENTATIONS: integer(1_000, 1, 10_000, {
    description: "Entities that a router may ask for at once.",
  }),
  GRAPHQL_MAX_COST: integer(150, 1, 100_000, {
    description:
      "Klaviyo calls that an operation may cause, as estimated before it runs. The default is what Klaviyo permits in a minute.",
  }),
  MAX_REQUESTS: integer(1_000, 1, 100_000, {
    description:
      "How many GraphQL requests may be under way before others are refused with 503; twice as many with cancels.",
  }),
  MAX_LOOP_DELAY_MS: integer(200, 1, 60_000, {
    description: "How late the event loop may be before requests that are no cancels are refused with 503.",
  }),
  CALLER_REQUESTS_PER_MINUTE: integer(0, 0, 1_000_000, {
    description:
      "How many GraphQL requests one caller may send at once, and again within a minute; cancels ten times as many, of their own. 0: no limit.",
  }),
  METRICS_PORT: portOrOff("off", {
    description: "TCP port for `GET /metrics`, in Prometheus' form; 0 picks a free one, `off` has none.",
  }),
  METRICS_HOST: text("127.0.0.1", { description: "Address for it." }),
  COMPILED_OPERATIONS: oneOf(["on", "off"], "on", {
    description: "Whether operations that have been seen before are run compiled. The answers are the same, sooner.",
  }),
  PERSISTED_OPERATIONS: oneOf(["off", "log", "enforce"], "off", {
    description: "What becomes of operations that are not in the manifest: nothing, a line in the log, or a refusal.",
  }),
  PERSISTED_OPERATIONS_MANIFEST: text("", {
    description:
      "A file that `generate-persisted-query-manifest` wrote. It is read again when it changes, and at SIGHUP.",
  }),
  CORS_ORIGINS: list("", {
    developmentDefault: SANDBOX_ORIGINS,
    description: "Origins, separated by commas, whose pages may call the gateway from a browser.",
  }),
  INTROSPECTION: flag(false, { developmentDefault: true, description: "Whether the schema can be queried." }),
  SANDBOX: flag(false, {
    developmentDefault: true,
    description: "Whether a browser that opens `/graphql` gets Apollo Sandbox. Needs introspection.",
  }),
  AUDIT_LOG: text("", {
    description:
      "A file, `stdout`, or the `https://` address of a collector, for one line a write in a chain of hashes, besides the lines in the log.",
  }),
  AUDIT_LOG_TOKEN: secret({ description: "Sent to the collector as a bearer token." }),
  AUDIT_LOG_TOKEN_FILE: secretFile("it"),
  LOG_LEVEL: oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"], "info", {
    description: "The least that is logged. Audit lines are `info`.",
  }),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;

/** The values of all settings, under their variables' names. */
export type Config = { readonly [Name in SettingName]: ReturnType<(typeof SETTINGS)[Name]["parse"]> };
