import { isHttpUrl, isLoopback } from "./setting.js";
import type { Config, SettingName } from "./settings.js";

/** What has to be true of settings that are fine one by one, so that they can keep their promises together. */
interface Rule {
  readonly settings: readonly SettingName[];
  readonly holds: (config: Config) => boolean;
  readonly fault: string;
}

/** @param isRead whether a setting has a value: where one of a rule's settings has none, nothing can be said of the others */
export function contradictionsIn(config: Config, isRead: (name: SettingName) => boolean): string[] {
  return RULES.flatMap(({ settings, holds, fault }) =>
    settings.every(isRead) && !holds(config) ? [withNumbers(fault, settings, config)] : [],
  );
}

/** What has a default may not be in the environment at all: each number is named where it is first spoken of. */
function withNumbers(fault: string, settings: readonly SettingName[], config: Config): string {
  return settings.reduce((text, name) => {
    const value = config[name];
    return typeof value === "number" ? text.replace(new RegExp(`\\b${name}\\b`), `$& (${value})`) : text;
  }, fault);
}

const RULES: readonly Rule[] = [
  rule(
    ["AUTH", "NODE_ENV", "ALLOW_UNAUTHENTICATED", "KLAVIYO_CREDENTIALS"],
    (config) =>
      config.AUTH !== "none" ||
      config.NODE_ENV !== "production" ||
      config.ALLOW_UNAUTHENTICATED ||
      config.KLAVIYO_CREDENTIALS === "pass-through",
    "AUTH=none needs ALLOW_UNAUTHENTICATED=true in production: whoever reaches the port can press the button. Better set AUTH to jwt or router.",
  ),
  rule(
    ["AUTH", "AUTH_JWKS_URL", "AUTH_JWKS_FILE"],
    (config) => config.AUTH !== "jwt" || (config.AUTH_JWKS_URL === "") !== (config.AUTH_JWKS_FILE === ""),
    "AUTH=jwt needs AUTH_JWKS_URL or AUTH_JWKS_FILE, and not both.",
  ),
  rule(
    ["AUTH", "AUTH_ISSUER"],
    (config) => config.AUTH !== "jwt" || config.AUTH_ISSUER !== "",
    "AUTH=jwt needs AUTH_ISSUER: else anybody's tokens would do.",
  ),
  rule(
    ["AUTH", "AUTH_AUDIENCE"],
    (config) => config.AUTH !== "jwt" || config.AUTH_AUDIENCE !== "",
    "AUTH=jwt needs AUTH_AUDIENCE: else tokens for others would do.",
  ),
  rule(
    ["AUTH", "KLAVIYO_CREDENTIALS"],
    (config) => config.AUTH !== "none" || config.KLAVIYO_CREDENTIALS !== "accounts",
    "KLAVIYO_CREDENTIALS=accounts needs AUTH=jwt or AUTH=router: which tenant a caller is of has to be proven.",
  ),
  rule(
    ["AUTH", "KLAVIYO_CREDENTIALS"],
    (config) => config.AUTH !== "jwt" || config.KLAVIYO_CREDENTIALS !== "pass-through",
    "KLAVIYO_CREDENTIALS=pass-through cannot go with AUTH=jwt: one Authorization header cannot hold both a token and a credential for Klaviyo.",
  ),
  rule(
    ["AUTH", "AUTH_ROUTER_SECRETS", "AUTH_ROUTER_CERTIFICATES"],
    (config) =>
      config.AUTH !== "router" || config.AUTH_ROUTER_SECRETS.length + config.AUTH_ROUTER_CERTIFICATES.length > 0,
    "AUTH=router needs AUTH_ROUTER_SECRETS, or AUTH_ROUTER_CERTIFICATES.",
  ),
  rule(
    ["AUTH_ROUTER_CERTIFICATE_HEADER", "AUTH_ROUTER_CERTIFICATES"],
    (config) => (config.AUTH_ROUTER_CERTIFICATE_HEADER === "") === (config.AUTH_ROUTER_CERTIFICATES.length === 0),
    "AUTH_ROUTER_CERTIFICATE_HEADER and AUTH_ROUTER_CERTIFICATES need each other.",
  ),
  rule(
    ["KLAVIYO_ATTEMPT_TIMEOUT_MS", "CANCEL_WAIT_MS", "CANCEL_DEADLINE_MS"],
    (config) => config.KLAVIYO_ATTEMPT_TIMEOUT_MS + config.CANCEL_WAIT_MS < config.CANCEL_DEADLINE_MS,
    "KLAVIYO_ATTEMPT_TIMEOUT_MS + CANCEL_WAIT_MS must be less than CANCEL_DEADLINE_MS: a cancel has to be asked and watched in that time.",
  ),
  rule(
    ["CANCEL_DEADLINE_MS", "DRAIN_TIMEOUT_MS"],
    (config) => config.CANCEL_DEADLINE_MS < config.DRAIN_TIMEOUT_MS,
    "CANCEL_DEADLINE_MS must be less than DRAIN_TIMEOUT_MS: a cancel that runs at SIGTERM has to be able to finish.",
  ),
  rule(
    ["KLAVIYO_ATTEMPT_TIMEOUT_MS", "WRITE_DEADLINE_MS"],
    (config) => config.KLAVIYO_ATTEMPT_TIMEOUT_MS < config.WRITE_DEADLINE_MS,
    "KLAVIYO_ATTEMPT_TIMEOUT_MS must be less than WRITE_DEADLINE_MS: a write has to be asked, and looked after, in that time.",
  ),
  rule(
    ["WRITE_DEADLINE_MS", "DRAIN_TIMEOUT_MS"],
    (config) => config.WRITE_DEADLINE_MS < config.DRAIN_TIMEOUT_MS,
    "WRITE_DEADLINE_MS must be less than DRAIN_TIMEOUT_MS: a write that runs at SIGTERM has to be able to finish.",
  ),
  rule(
    ["SHUTDOWN_DELAY_MS", "DRAIN_TIMEOUT_MS", "TERMINATION_GRACE_MS"],
    (config) => config.SHUTDOWN_DELAY_MS + config.DRAIN_TIMEOUT_MS < config.TERMINATION_GRACE_MS,
    "SHUTDOWN_DELAY_MS + DRAIN_TIMEOUT_MS must be less than TERMINATION_GRACE_MS: the process is killed after that.",
  ),
  rule(
    ["HTTP_HEADERS_TIMEOUT_MS", "HTTP_REQUEST_TIMEOUT_MS"],
    (config) => config.HTTP_HEADERS_TIMEOUT_MS <= config.HTTP_REQUEST_TIMEOUT_MS,
    "HTTP_HEADERS_TIMEOUT_MS must not be more than HTTP_REQUEST_TIMEOUT_MS: headers are a part of the request.",
  ),
  rule(
    ["MAX_REQUESTS", "HTTP_CONNECTIONS_LIMIT"],
    (config) => 2 * config.MAX_REQUESTS <= config.HTTP_CONNECTIONS_LIMIT,
    "HTTP_CONNECTIONS_LIMIT must be at least twice MAX_REQUESTS: else cancels are refused as connections, where nobody can tell them from the rest.",
  ),
  rule(
    ["PERSISTED_OPERATIONS", "PERSISTED_OPERATIONS_MANIFEST"],
    (config) => config.PERSISTED_OPERATIONS === "off" || config.PERSISTED_OPERATIONS_MANIFEST !== "",
    "PERSISTED_OPERATIONS=log and enforce need PERSISTED_OPERATIONS_MANIFEST.",
  ),
  rule(
    ["AUDIT_LOG"],
    (config) => !isHttpUrl(config.AUDIT_LOG) || isCollector(config.AUDIT_LOG),
    "AUDIT_LOG must be a file, stdout, or an https:// address without a name and a password in it: AUDIT_LOG_TOKEN is for that.",
  ),
  rule(
    ["AUDIT_LOG", "AUDIT_LOG_TOKEN"],
    (config) => config.AUDIT_LOG_TOKEN === "" || isHttpUrl(config.AUDIT_LOG),
    "AUDIT_LOG_TOKEN is for a collector: AUDIT_LOG is none.",
  ),
  rule(
    ["INTROSPECTION", "SANDBOX"],
    (config) => config.INTROSPECTION || !config.SANDBOX,
    "SANDBOX needs INTROSPECTION: it shows what it can query.",
  ),
];

/** The compiler sees to it that a rule names all that it looks at. */
function rule<Name extends SettingName>(
  settings: readonly Name[],
  holds: (config: Pick<Config, Name>) => boolean,
  fault: string,
): Rule {
  return { settings, holds, fault };
}

function isCollector(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol === "http:" && !isLoopback(url.hostname)) return false;
  return url !== null && url.username === "" && url.password === "";
}
