import type { AttemptOptions } from "./attempt.js";
import { exchange, type HttpResponse } from "./exchange.js";
import { isRecord } from "../json/is-record.js";

export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
}

export interface IssuedToken {
  readonly accessToken: string;
  readonly expiresInMs: number;
  /** What the next one is had with, where that has changed. */
  readonly refreshToken: string | undefined;
}

/** Why there is no token. Its message is for logs, and holds nothing of what was sent or answered but a status and a code. */
export class TokenRefusedError extends Error {
  constructor(
    readonly status: number,
    /** Of https://www.rfc-editor.org/rfc/rfc6749#section-5.2, where it is one. */
    readonly code: string | undefined,
  ) {
    super(`The token endpoint answered HTTP ${status}${code === undefined ? "" : ` (${code})`} and no token.`);
    this.name = "TokenRefusedError";
  }
}

export type TokenEndpoint = Pick<AttemptOptions, "dispatcher" | "clock" | "attemptTimeoutMs">;

/** Tokens are some hundred bytes. */
const RESPONSE_LIMIT_BYTES = 65_536;

/** One exchange of a refresh token for an access token. @throws ExchangeError, TokenRefusedError */
export async function requestToken(
  endpoint: TokenEndpoint,
  client: OAuthClient,
  refreshToken: string,
): Promise<IssuedToken> {
  const { dispatcher, clock, attemptTimeoutMs } = endpoint;
  const request = {
    method: "POST",
    path: "/oauth/token",
    headers: {
      accept: "application/json",
      "user-agent": "klaviyo-campaigns-gateway",
      authorization: `Basic ${basicCredentials(client)}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken }).toString(),
  } as const;
  const time = { clock, limitMs: attemptTimeoutMs };
  const response = await exchange(dispatcher, request, { responseLimitBytes: RESPONSE_LIMIT_BYTES, time });
  return decodeToken(response);
}

/** https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1: both are encoded before they are joined. */
export function basicCredentials({ id, secret }: OAuthClient): string {
  return Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString("base64");
}

const TOKEN = /^[\x21-\x7e]{1,8192}$/;

function decodeToken({ status, body }: HttpResponse): IssuedToken {
  const answer = parseRecord(body);
  const { access_token: accessToken, expires_in: seconds, refresh_token: refreshToken } = answer;
  const isToken = status === 200 && typeof accessToken === "string" && TOKEN.test(accessToken);
  if (!isToken || typeof seconds !== "number" || !(seconds > 0)) throw new TokenRefusedError(status, codeIn(answer));
  const isRefreshToken = typeof refreshToken === "string" && TOKEN.test(refreshToken);
  return { accessToken, expiresInMs: seconds * 1_000, refreshToken: isRefreshToken ? refreshToken : undefined };
}

function parseRecord(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const answer: unknown = JSON.parse(body.toString("utf8"));
    return isRecord(answer) ? answer : {};
  } catch {
    return {};
  }
}

function codeIn({ error }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof error === "string" && /^[a-z_]{1,40}$/.test(error) ? error : undefined;
}
