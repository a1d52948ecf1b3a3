import { describe, expect, test } from "@jest/globals";
import { ConfigError, loadConfig } from "../../src/config/config.js";
import { type Config, SETTINGS } from "../../src/config/settings.js";
import { faultsIn } from "./faults-in.js";

const KEY = "pk_test_0123456789abcdef";

function load(env: Readonly<Record<string, string | undefined>> = {}): Config {
  return loadConfig({ KLAVIYO_API_KEY: KEY, ALLOW_UNAUTHENTICATED: "true", ...env });
}

function faultsOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return faultsIn(() => load(env));
}

describe("with nothing but the key", () => {
  test("everything has the default that its setting says", () => {
    const config = load();
    expect(Object.keys(config).toSorted()).toEqual(Object.keys(SETTINGS).toSorted());
    expect(config).toMatchObject({
      NODE_ENV: "production",
      PORT: 4000,
      HOST: "127.0.0.1",
      KLAVIYO_API_KEY: KEY,
      KLAVIYO_BASE_URL: "https://a.klaviyo.com",
      CANCEL_DEADLINE_MS: 15_000,
      LOG_LEVEL: "info",
    });
  });

  test("nothing is open that a stranger could look into", () => {
    expect(load()).toMatchObject({ INTROSPECTION: false, SANDBOX: false, CORS_ORIGINS: [] });
  });

  test("it cannot be changed afterwards", () => {
    const config: { PORT: unknown } = load();
    expect(() => {
      config.PORT = 1;
    }).toThrow(TypeError);
    expect(Object.isFrozen(config)).toBe(true);
  });

  test("an empty value counts as none", () => {
    expect(load({ PORT: "", CORS_ORIGINS: "", NODE_ENV: "" })).toEqual(load());
  });

  test("variables of others are left alone", () => {
    expect(load({ PATH: "/bin", KLAVIYO_UNKNOWN: "x" })).toEqual(load());
  });
});

describe("the URL of Redis", () => {
  test.each(["redis://localhost", "rediss://user:p%2Fw@redis.internal:6380/3", ""])("may be %s", (REDIS_URL) => {
    expect(load({ REDIS_URL, REPLICAS: "1" }).REDIS_URL).toBe(REDIS_URL);
  });

  test("does not go without a word on how many share it", () => {
    expect(faultsOf({ REDIS_URL: "redis://localhost" })).toEqual([
      "REDIS_URL needs REPLICAS: how many replicas use the account, at most.",
    ]);
    expect(load({ REDIS_URL: "redis://localhost", REPLICAS: "3" }).REPLICAS).toBe(3);
  });

  test.each([
    "http://localhost",
    "redis://host/name",
    "redis://:100%@host",
    "redis://:%ff@host",
    "redis://%ff:password@host",
    "localhost:6379",
  ])("is not %s, and is not shown", (REDIS_URL) => {
    const [fault] = faultsOf({ REDIS_URL });
    expect(fault).toMatch(/^REDIS_URL must be/);
    expect(fault).not.toContain(REDIS_URL);
  });
});

describe("in development", () => {
  test("introspection, Sandbox and its origins are open", () => {
    expect(load({ NODE_ENV: "development" })).toMatchObject({
      INTROSPECTION: true,
      SANDBOX: true,
      CORS_ORIGINS: ["https://studio.apollographql.com", "https://sandbox.embed.apollographql.com"],
    });
  });

  test("what is set wins over that", () => {
    const env = { NODE_ENV: "development", SANDBOX: "false", CORS_ORIGINS: "https://app.example.com" };
    expect(load(env)).toMatchObject({ INTROSPECTION: true, SANDBOX: false, CORS_ORIGINS: ["https://app.example.com"] });
  });
});

describe("a configuration that cannot be used", () => {
  test("is refused with every fault at once, each with its variable, its value and what is accepted", () => {
    const faults = faultsOf({
      NODE_ENV: "staging",
      PORT: "70000",
      KLAVIYO_REVISION: "2019-01-01",
      CANCEL_WAIT_MS: "5s",
      INTROSPECTION: "yes",
      CORS_ORIGINS: "https://ok.example,https://app.example/path,*",
      LOG_LEVEL: "loud",
    });
    expect(faults).toEqual([
      `NODE_ENV must be one of production, development, not "staging".`,
      `PORT must be a whole number from 0 to 65535, not "70000".`,
      expect.stringMatching(/^KLAVIYO_REVISION must be one of .*2026-07-15.*, not "2019-01-01"\.$/),
      `CANCEL_WAIT_MS must be a whole number from 0 to 120000, not "5s".`,
      `CORS_ORIGINS must hold origins such as https://app.example.com, not "https://app.example/path", "*".`,
      `INTROSPECTION must be true or false, not "yes".`,
      expect.stringMatching(/^LOG_LEVEL must be one of trace, .*, not "loud"\.$/),
    ]);
  });

  test("is refused for what contradicts each other at the same time, as far as it can be read", () => {
    const env = { KLAVIYO_API_KEY: "", ALLOW_UNAUTHENTICATED: "", CANCEL_DEADLINE_MS: "x", DRAIN_TIMEOUT_MS: "1000" };
    expect(faultsOf(env)).toEqual([
      expect.stringMatching(/^CANCEL_DEADLINE_MS must be a whole number/),
      expect.stringMatching(/^KLAVIYO_API_KEY is not set/),
      expect.stringMatching(/^AUTH=none needs ALLOW_UNAUTHENTICATED=true/),
      expect.stringMatching(/^WRITE_DEADLINE_MS .* must be less than DRAIN_TIMEOUT_MS/),
    ]);
  });

  test("says all of them in its message", () => {
    const faults = faultsOf({ PORT: "x", LOG_LEVEL: "y" });
    const { message } = new ConfigError(faults);
    for (const fault of faults) expect(message).toContain(fault);
  });

  test("without a key says how to try the gateway without one", () => {
    const [fault, ...others] = faultsOf({ KLAVIYO_API_KEY: undefined });
    expect(others).toEqual([]);
    expect(fault).toMatch(/^KLAVIYO_API_KEY is not set, .*npm run demo/);
    expect(faultsOf({ KLAVIYO_API_KEY: "" })).toEqual([fault]);
  });

  const UNUSABLE =
    "KLAVIYO_API_KEY must be at most 1000 characters that can stand in an HTTP header, without spaces (its value is not shown).";

  test.each([
    "pk secret",
    " pk_secret",
    "pk_secret\n",
    "pk_secret\u0000",
    "pk_secret\u007f",
    "pk_sécret",
    "pk_secret\u{1f511}",
    "pk_secret\r\nX-Injected: 1",
  ])("does not show a key that cannot be used: %j", (key) => {
    expect(faultsOf({ KLAVIYO_API_KEY: key })).toEqual([UNUSABLE]);
  });

  test("takes a key of a thousand characters, and shows no longer one", () => {
    const key = "k".repeat(1_000);
    expect(load({ KLAVIYO_API_KEY: key }).KLAVIYO_API_KEY).toBe(key);
    expect(faultsOf({ KLAVIYO_API_KEY: `${key}k` })).toEqual([UNUSABLE]);
    expect(faultsOf({ KLAVIYO_API_KEY: `${key}k\n` })).toEqual([UNUSABLE]);
  });

  test("does not show a good key among the faults of others", () => {
    expect(faultsOf({ PORT: "x", KLAVIYO_BASE_URL: "nonsense" }).join("\n")).not.toContain(KEY);
  });
});

describe("numbers", () => {
  test.each(["-1", "1.5", "1e3", "0x10", " 80", "80 ", "NaN", "Infinity", "٣", "65536", "9".repeat(400)])(
    "%j is no port",
    (PORT) => {
      expect(faultsOf({ PORT })).toEqual([expect.stringContaining("from 0 to 65535")]);
    },
  );

  test.each([
    ["0", 0],
    ["65535", 65_535],
    ["0080", 80],
  ])("%j is one", (PORT, expected) => {
    expect(load({ PORT }).PORT).toBe(expected);
  });
});

describe("KLAVIYO_BASE_URL", () => {
  test.each([
    ["https://a.klaviyo.com/", "https://a.klaviyo.com"],
    ["https://proxy.example.com:8443", "https://proxy.example.com:8443"],
    ["http://localhost:9000", "http://localhost:9000"],
    ["http://127.0.0.1:9000", "http://127.0.0.1:9000"],
    ["http://127.8.9.10", "http://127.8.9.10"],
    ["http://[::1]:9000", "http://[::1]:9000"],
  ])("may be %s", (KLAVIYO_BASE_URL, expected) => {
    expect(load({ KLAVIYO_BASE_URL }).KLAVIYO_BASE_URL).toBe(expected);
  });

  test.each([
    "http://a.klaviyo.com",
    "http://127.evil.example",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "http://0.0.0.0",
    "http://192.168.0.1",
    "http://[::2]",
  ])("may not be %s: the key could be read on the way", (KLAVIYO_BASE_URL) => {
    expect(faultsOf({ KLAVIYO_BASE_URL })).toEqual([expect.stringMatching(/^KLAVIYO_BASE_URL must be https/)]);
  });

  test.each([
    "a.klaviyo.com",
    "ftp://a.klaviyo.com",
    "https://a.klaviyo.com/api",
    "https://a.klaviyo.com?x=1",
    "https://a.klaviyo.com#x",
    "https://user:hunter2@a.klaviyo.com",
    "file:///etc/passwd",
    "https://",
  ])("may not be %s, and is not repeated, for it may hold a password", (KLAVIYO_BASE_URL) => {
    const faults = faultsOf({ KLAVIYO_BASE_URL });
    expect(faults).toEqual([expect.stringMatching(/^KLAVIYO_BASE_URL must be an origin such as/)]);
    expect(faults[0]).not.toContain("hunter2");
  });
});

describe("settings that are fine one by one may contradict each other", () => {
  test.each([
    [
      "KLAVIYO_ATTEMPT_TIMEOUT_MS (4000) + CANCEL_WAIT_MS (11000) must be less than CANCEL_DEADLINE_MS (15000)",
      { CANCEL_WAIT_MS: "11000" },
    ],
    [
      "CANCEL_DEADLINE_MS (15000) must be less than DRAIN_TIMEOUT_MS (15000)",
      { DRAIN_TIMEOUT_MS: "15000", WRITE_DEADLINE_MS: "14000" },
    ],
    ["WRITE_DEADLINE_MS (20000) must be less than DRAIN_TIMEOUT_MS (20000)", { WRITE_DEADLINE_MS: "20000" }],
    ["KLAVIYO_ATTEMPT_TIMEOUT_MS (4000) must be less than WRITE_DEADLINE_MS (4000)", { WRITE_DEADLINE_MS: "4000" }],
    [
      "SHUTDOWN_DELAY_MS (10000) + DRAIN_TIMEOUT_MS (20000) must be less than TERMINATION_GRACE_MS (30000)",
      { SHUTDOWN_DELAY_MS: "10000" },
    ],
    [
      "HTTP_HEADERS_TIMEOUT_MS (30001) must not be more than HTTP_REQUEST_TIMEOUT_MS (30000)",
      { HTTP_HEADERS_TIMEOUT_MS: "30001" },
    ],
    ["HTTP_CONNECTIONS_LIMIT (1999) must be at least twice MAX_REQUESTS (1000)", { HTTP_CONNECTIONS_LIMIT: "1999" }],
    ["SANDBOX needs INTROSPECTION", { SANDBOX: "true" }],
  ])("%s", (fault, env) => {
    expect(faultsOf(env)).toEqual([expect.stringContaining(fault)]);
  });

  test("all of them are named at once", () => {
    const env = { CANCEL_WAIT_MS: "60000", CANCEL_DEADLINE_MS: "60000", SHUTDOWN_DELAY_MS: "60000", SANDBOX: "true" };
    expect(faultsOf(env)).toHaveLength(4);
  });

  test.each<Record<string, string>>([
    { CANCEL_WAIT_MS: "10999" },
    { DRAIN_TIMEOUT_MS: "15001" },
    { SHUTDOWN_DELAY_MS: "9999" },
    { HTTP_CONNECTIONS_LIMIT: "2000" },
    { SANDBOX: "true", INTROSPECTION: "true" },
  ])("one step before that, all is well: %j", (env) => {
    expect(load(env)).toBeDefined();
  });
});

describe("authentication", () => {
  const JWT = { AUTH: "jwt", AUTH_JWKS_URL: "https://i.example/jwks", AUTH_ISSUER: "i", AUTH_AUDIENCE: "a" };

  test("has to be chosen in production, or its absence said twice", () => {
    const env = { ALLOW_UNAUTHENTICATED: "", NODE_ENV: "production" };
    expect(faultsOf(env)).toEqual([
      expect.stringContaining("AUTH=none needs ALLOW_UNAUTHENTICATED=true in production"),
    ]);
    expect(load({ ...env, ALLOW_UNAUTHENTICATED: "true" }).AUTH).toBe("none");
    expect(load({ ...env, NODE_ENV: "development" }).AUTH).toBe("none");
    expect(load({ ...env, ...JWT }).AUTH).toBe("jwt");
  });

  test.each<readonly [Record<string, string>, string]>([
    [{ ...JWT, AUTH_JWKS_URL: "" }, "AUTH_JWKS_URL or AUTH_JWKS_FILE"],
    [{ ...JWT, AUTH_JWKS_FILE: "/keys" }, "not both"],
    [{ ...JWT, AUTH_ISSUER: "" }, "AUTH_ISSUER"],
    [{ ...JWT, AUTH_AUDIENCE: "" }, "AUTH_AUDIENCE"],
    [{ ...JWT, AUTH_ALGORITHMS: "HS256" }, "AUTH_ALGORITHMS must hold some of RS256"],
    [{ ...JWT, AUTH_ALGORITHMS: "RS256,none" }, "AUTH_ALGORITHMS must hold some of RS256"],
    [{ ...JWT, AUTH_JWKS_URL: "http://issuer.example.com/jwks" }, "must be https"],
    [{ ...JWT, AUTH_JWKS_URL: "https://user:pass@issuer.example.com/jwks" }, "with no credentials"],
    [{ AUTH: "router" }, "AUTH_ROUTER_SECRETS"],
    [{ AUTH: "router", AUTH_ROUTER_SECRETS: "short" }, "at least 16 characters"],
  ])("%j is refused", (env, fault) => {
    expect(faultsOf(env)).toEqual([expect.stringContaining(fault)]);
    expect(JSON.stringify(faultsOf(env))).not.toMatch(/short"|user:pass/);
  });
});
