import { createHash } from "node:crypto";
import { type Answer, jsonAnswer } from "../http/answer.js";
import type { RecordedRequest } from "../recorded-request.js";
import { refusal, type Scopes } from "./authorization.js";

export const TOKEN_PATH = "/oauth/token";

export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** Whether each refresh replaces the refresh token. Default false. */
  readonly rotates?: boolean;
}

/** Klaviyo's pages: an access token holds for an hour. */
const LIFE_SECONDS = 3_600;

/** The OAuth half of an account: issues access tokens for refresh tokens, and knows them again. */
export class AccessTokens {
  readonly #expiresAtMs = new Map<string, number>();
  #refreshToken: string;
  #issued = 0;

  constructor(private readonly app: OAuthApp) {
    this.#refreshToken = app.refreshToken;
  }

  /** https://www.rfc-editor.org/rfc/rfc6749#section-6 */
  answer({ method, headers, body, atMs }: RecordedRequest): Answer {
    const { clientId, clientSecret, rotates = false } = this.app;
    const form = new URLSearchParams(body);
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    if (method !== "POST" || headers["content-type"] !== "application/x-www-form-urlencoded")
      return oauthError(400, "invalid_request");
    if (headers["authorization"] !== basic) return oauthError(401, "invalid_client");
    if (form.get("grant_type") !== "refresh_token") return oauthError(400, "unsupported_grant_type");
    if (form.get("refresh_token") !== this.#refreshToken) return oauthError(400, "invalid_grant");
    const token = this.#newToken("access");
    this.#expiresAtMs.set(token, atMs + LIFE_SECONDS * 1_000);
    if (rotates) this.#refreshToken = this.#newToken("refresh");
    const answer = {
      access_token: token,
      token_type: "bearer",
      expires_in: LIFE_SECONDS,
      refresh_token: this.#refreshToken,
      scope: "campaigns:read campaigns:write",
    };
    return jsonAnswer(200, answer, "application/json");
  }

  /** @returns undefined for what is no bearer token @throws ApiError for one that does not hold */
  scopesOf({ headers, atMs }: RecordedRequest): Scopes | undefined {
    const [, token] = /^Bearer +(\S+)$/.exec(headers["authorization"] ?? "") ?? [];
    if (token === undefined) return undefined;
    const expiresAtMs = this.#expiresAtMs.get(token);
    if (expiresAtMs !== undefined && atMs < expiresAtMs) return "every";
    throw refusal("authentication_failed", "Access token is invalid or has expired.");
  }

  revokeAll(): void {
    this.#expiresAtMs.clear();
  }

  #newToken(kind: string): string {
    return createHash("sha256").update(`${kind} ${this.app.clientSecret} ${++this.#issued}`).digest("base64url");
  }
}

function oauthError(status: number, error: string): Answer {
  return jsonAnswer(status, { error }, "application/json");
}
