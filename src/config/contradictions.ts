import { isHttpUrl, isLoopback } from "./setting.js";
import type { Config } from "./settings.js";

/** Settings that are fine one by one and cannot keep their promises together. */
export function contradictionsIn(config: Config): string[] {
  const { AUTH } = config;
  const bringsCredentials = config.KLAVIYO_CREDENTIALS === "pass-through";
  const must: readonly (readonly [boolean, string])[] = [
    [
      AUTH !== "none" || config.NODE_ENV !== "production" || config.ALLOW_UNAUTHENTICATED || bringsCredentials,
      "AUTH=none needs ALLOW_UNAUTHENTICATED=true in production: whoever reaches the port can press the button. Better set AUTH to jwt or router.",
    ],
    [
      AUTH !== "jwt" || (config.AUTH_JWKS_URL === "") !== (config.AUTH_JWKS_FILE === ""),
      "AUTH=jwt needs AUTH_JWKS_URL or AUTH_JWKS_FILE, and not both.",
    ],
    [AUTH !== "jwt" || config.AUTH_ISSUER !== "", "AUTH=jwt needs AUTH_ISSUER: else anybody's tokens would do."],
    [AUTH !== "jwt" || config.AUTH_AUDIENCE !== "", "AUTH=jwt needs AUTH_AUDIENCE: else tokens for others would do."],
    [
      AUTH !== "none" || config.KLAVIYO_CREDENTIALS !== "accounts",
      "KLAVIYO_CREDENTIALS=accounts needs AUTH=jwt or AUTH=router: which tenant a caller is of has to be proven.",
    ],
    [
      AUTH !== "jwt" || !bringsCredentials,
      "KLAVIYO_CREDENTIALS=pass-through cannot go with AUTH=jwt: one Authorization header cannot hold both a token and a credential for Klaviyo.",
    ],
    [
      AUTH !== "router" || config.AUTH_ROUTER_SECRETS.length + config.AUTH_ROUTER_CERTIFICATES.length > 0,
      "AUTH=router needs AUTH_ROUTER_SECRETS, or AUTH_ROUTER_CERTIFICATES.",
    ],
    [
      (config.AUTH_ROUTER_CERTIFICATE_HEADER === "") === (config.AUTH_ROUTER_CERTIFICATES.length === 0),
      "AUTH_ROUTER_CERTIFICATE_HEADER and AUTH_ROUTER_CERTIFICATES need each other.",
    ],
    [
      config.KLAVIYO_ATTEMPT_TIMEOUT_MS + config.CANCEL_WAIT_MS < config.CANCEL_DEADLINE_MS,
      "KLAVIYO_ATTEMPT_TIMEOUT_MS + CANCEL_WAIT_MS must be less than CANCEL_DEADLINE_MS: a cancel has to be asked and watched in that time.",
    ],
    [
      config.CANCEL_DEADLINE_MS < config.DRAIN_TIMEOUT_MS,
      "CANCEL_DEADLINE_MS must be less than DRAIN_TIMEOUT_MS: a cancel that runs at SIGTERM has to be able to finish.",
    ],
    [
      config.KLAVIYO_ATTEMPT_TIMEOUT_MS < config.WRITE_DEADLINE_MS,
      "KLAVIYO_ATTEMPT_TIMEOUT_MS must be less than WRITE_DEADLINE_MS: a write has to be asked, and looked after, in that time.",
    ],
    [
      config.WRITE_DEADLINE_MS < config.DRAIN_TIMEOUT_MS,
      "WRITE_DEADLINE_MS must be less than DRAIN_TIMEOUT_MS: a write that runs at SIGTERM has to be able to finish.",
    ],
    [
      config.SHUTDOWN_DELAY_MS + config.DRAIN_TIMEOUT_MS < config.TERMINATION_GRACE_MS,
      "SHUTDOWN_DELAY_MS + DRAIN_TIMEOUT_MS must be less than TERMINATION_GRACE_MS: the process is killed after that.",
    ],
    [
      config.HTTP_HEADERS_TIMEOUT_MS <= config.HTTP_REQUEST_TIMEOUT_MS,
      "HTTP_HEADERS_TIMEOUT_MS must not be more than HTTP_REQUEST_TIMEOUT_MS: headers are a part of the request.",
    ],
    [
      config.PERSISTED_OPERATIONS === "off" || config.PERSISTED_OPERATIONS_MANIFEST !== "",
      "PERSISTED_OPERATIONS=log and enforce need PERSISTED_OPERATIONS_MANIFEST.",
    ],
    [
      !isHttpUrl(config.AUDIT_LOG) || isCollector(config.AUDIT_LOG),
      "AUDIT_LOG must be a file, stdout, or an https:// address without a name and a password in it: AUDIT_LOG_TOKEN is for that.",
    ],
    [
      config.AUDIT_LOG_TOKEN === "" || isHttpUrl(config.AUDIT_LOG),
      "AUDIT_LOG_TOKEN is for a collector: AUDIT_LOG is none.",
    ],
    [config.INTROSPECTION || !config.SANDBOX, "SANDBOX needs INTROSPECTION: it shows what it can query."],
  ];
  return must.flatMap(([holds, fault]) => (holds ? [] : [fault]));
}

function isCollector(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol === "http:" && !isLoopback(url.hostname)) return false;
  return url !== null && url.username === "" && url.password === "";
}
