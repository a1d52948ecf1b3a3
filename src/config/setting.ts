import { isIP } from "node:net";

export type Faults = string[];

/** One environment variable: how it is read, and what it says about itself. */
export interface Setting<T> {
  readonly description: string;
  /** As it would be written in the environment. */
  readonly default: string;
  readonly developmentDefault?: string;
  /** @throws Error whose message follows the variable's name: "must be ..., not ..." */
  readonly parse: (value: string) => T;
}

interface Words<T> {
  readonly description: string;
  readonly developmentDefault?: T;
}

export function integer(fallback: number, minimum: number, maximum: number, words: Words<number>): Setting<number> {
  return setting(String(fallback), words, (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= minimum && number <= maximum) return number;
    throw new Error(`must be a whole number from ${minimum} to ${maximum}, not "${value}".`);
  });
}

export function oneOf<const T extends string>(values: readonly T[], fallback: T, words: Words<T>): Setting<T> {
  return setting(fallback, words, (value) => {
    const found = values.find((known) => known === value);
    if (found !== undefined) return found;
    throw new Error(`must be one of ${values.join(", ")}, not "${value}".`);
  });
}

export function flag(fallback: boolean, words: Words<boolean>): Setting<boolean> {
  return setting(String(fallback), words, (value) => {
    if (value === "true" || value === "false") return value === "true";
    throw new Error(`must be true or false, not "${value}".`);
  });
}

export function text(fallback: string, words: Words<string>): Setting<string> {
  return setting(fallback, words, (value) => value);
}

/** A value, or none, that is never shown, not even in the fault it causes. */
export function secret(words: Words<string>): Setting<string> {
  return setting("", words, (value) => {
    // It becomes an HTTP header value: anything else would fail at every call instead of once at the start.
    if (/^[\x21-\x7e]*$/.test(value)) return value;
    throw new Error("has characters that cannot stand in an HTTP header (its value is not shown).");
  });
}

/** Where a secret may stand that is no variable: see `secret-files.ts`. @param secret how its own variable, which comes before, is spoken of */
export function secretFile(secret: "it" | "them"): Setting<string> {
  return text("", { description: `A file that holds ${secret} instead. It is read once, at the start.` });
}

/** A TCP port, or `off`. */
export function portOrOff(fallback: string, words: Words<string>): Setting<number | "off"> {
  return setting(fallback, words, (value) => {
    const port = Number(value);
    if (value === "off") return value;
    if (/^\d+$/.test(value) && port <= 65_535) return port;
    throw new Error(`must be off or a port from 0 to 65535, not "${value}".`);
  });
}

/** Whatever `parse` makes of it. @param parse throws an Error whose message begins with "must" */
export function parsed<T>(fallback: string, parse: (value: string) => T, words: Words<string>): Setting<T> {
  return setting(fallback, words, parse);
}

/** Origins such as `https://app.example.com`, separated by commas. */
export function list(fallback: string, words: Words<string>): Setting<readonly string[]> {
  return setting(fallback, words, (value) => {
    const origins = value.split(",").flatMap((item) => item.trim() || []);
    const wrong = origins.filter((origin) => URL.parse(origin)?.origin !== origin);
    if (wrong.length === 0) return origins;
    throw new Error(
      `must hold origins such as https://app.example.com, not ${wrong.map((item) => `"${item}"`).join(", ")}.`,
    );
  });
}

/** Several of a few known words, separated by commas. */
export function someOf<const T extends string>(
  values: readonly T[],
  fallback: string,
  words: Words<string>,
): Setting<readonly T[]> {
  return setting(fallback, words, (value) => {
    const given = value.split(",").map((item) => item.trim());
    const found = values.filter((known) => given.includes(known));
    if (found.length === given.length) return found;
    throw new Error(`must hold some of ${values.join(", ")}, each once, not "${value}".`);
  });
}

/** Shared secrets, separated by commas. They are never shown, not even in the fault they cause. */
export function secrets(words: Words<string>): Setting<readonly string[]> {
  return setting("", words, (value) => {
    const given = value.split(",").flatMap((item) => item.trim() || []);
    if (given.every((item) => /^[\x21-\x7e]{16,}$/.test(item))) return given;
    throw new Error(
      "must hold secrets of at least 16 characters that can stand in an HTTP header (they are not shown).",
    );
  });
}

/** SHA-256 fingerprints of certificates, separated by commas; in lower case without colons. */
export function fingerprints(words: Words<string>): Setting<readonly string[]> {
  return setting("", words, (value) => {
    const given = value.split(",").flatMap((item) => item.trim().replaceAll(":", "").toLowerCase() || []);
    if (given.every((item) => /^[0-9a-f]{64}$/.test(item))) return given;
    throw new Error(
      "must hold SHA-256 fingerprints of certificates: 64 hexadecimal digits each, with or without colons.",
    );
  });
}

/** The name of an HTTP header in lower case, or none. */
export function headerName(words: Words<string>): Setting<string> {
  return setting("", words, (value) => {
    if (/^[a-z0-9-]{0,64}$/i.test(value)) return value.toLowerCase();
    throw new Error(`must be the name of an HTTP header, not "${value}".`);
  });
}

/** A URL, or none. */
export function url(fallback: string, words: Words<string>): Setting<string> {
  return setting(fallback, words, (value) => {
    if (value === "") return value;
    const parsed = URL.parse(value);
    if (!parsed || !["http:", "https:"].includes(parsed.protocol) || parsed.username || parsed.password)
      throw new Error("must be a URL such as https://issuer.example.com/.well-known/jwks.json, with no credentials.");
    if (parsed.protocol === "http:" && !isLoopback(parsed.hostname))
      throw new Error("must be https: over plain http anybody on the way could put in keys.");
    return parsed.href;
  });
}

/** An origin alone: a path, a query or credentials in it would be lost or leak. */
export function originUrl(fallback: string, words: Words<string>): Setting<string> {
  return setting(fallback, words, (value) => {
    const url = URL.parse(value);
    if (!url || !["http:", "https:"].includes(url.protocol) || url.href !== `${url.origin}/`)
      throw new Error(`must be an origin such as ${fallback}, with no path, query or credentials.`);
    if (url.protocol === "http:" && !isLoopback(url.hostname))
      throw new Error("must be https: over plain http the API key could be read on the way.");
    return url.origin;
  });
}

/** A URL that may hold a password, and is therefore never shown; empty for none. */
export function redisUrl(words: Words<string>): Setting<string> {
  return setting("", words, (value) => {
    if (value === "" || isRedisUrl(URL.parse(value))) return value;
    throw new Error("must be a URL such as redis://:password@host:6379/0 (its value is not shown).");
  });
}

function isRedisUrl(url: URL | null): boolean {
  if (!url || !["redis:", "rediss:"].includes(url.protocol) || url.hostname === "") return false;
  // The password is written with percent signs where need be; the path is the number of a database.
  return isDecodable(url.username) && isDecodable(url.password) && /^\/?\d*$/.test(url.pathname);
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}

/** Where plain http is no harm. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || (isIP(hostname) === 4 && hostname.startsWith("127."));
}

function setting<T, W>(fallback: string, words: Words<W>, parse: (value: string) => T): Setting<T> {
  const { description, developmentDefault } = words;
  const own = { description, default: fallback, parse };
  return developmentDefault === undefined ? own : { ...own, developmentDefault: String(developmentDefault) };
}

/** Whether a setting that may be a file, too, names an address. */
export function isHttpUrl(destination: string): boolean {
  return /^https?:\/\//i.test(destination);
}
