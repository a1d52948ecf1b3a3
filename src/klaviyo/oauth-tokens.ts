import { type Backoff, restMs } from "../resilience/backoff.js";
import { DeadlineExceededError } from "../resilience/deadline.js";
import { waitWithin, type WaitLimits } from "../resilience/wait-within.js";
import type { RenewableCredential } from "./credential.js";
import { KlaviyoError, type KlaviyoFailure } from "./failure.js";
import { type OAuthClient, requestToken, type TokenEndpoint, TokenRefusedError } from "./request-token.js";

export interface OAuthTokensOptions extends TokenEndpoint {
  readonly client: OAuthClient;
  readonly refreshToken: string;
  /** 0 to 1, as Math.random. */
  readonly random: () => number;
  /** Told of each token before it is used: it must be read nowhere. */
  readonly onSecret: (token: string) => void;
  readonly onRefresh: (hasNewRefreshToken: boolean) => void;
  readonly onFailure: (error: unknown) => void;
}

interface Token {
  readonly authorization: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** As long before its end a token is renewed; one that lives shorter than twice that, after half its life. */
const AHEAD_MS = 120_000;
/** One that is said to live longer is renewed all the same: a timer of Node's that is set for more than 24 days is over at once. */
const LONGEST_MS = 86_400_000;
/** One that is refused sooner is refused for something that another one would not change. */
const NEW_FOR_MS = 10_000;
/** Klaviyo permits ten refreshes a minute. */
const REST: Backoff = { firstMs: 1_000, maximumMs: 12_000, factor: 2 };

/**
 * The access token of an OAuth app, renewed before it ends, also when nobody asks for it: the button is not to wait for that. There is one
 * refresh at a time, for all who need it.
 */
export class OAuthTokens implements RenewableCredential {
  readonly kind = "renewable";
  private token: Token | undefined;
  private refreshToken: string;
  private flight: Promise<Token> | undefined;
  private failure: { readonly error: KlaviyoError; readonly untilMs: number } | undefined;
  private failures = 0;
  private isClosed = false;
  private cancelNext = () => {};

  constructor(private readonly options: OAuthTokensOptions) {
    this.refreshToken = options.refreshToken;
  }

  /** Gets the first token, and does not wait for it. */
  start(): void {
    this.refreshUnawaited();
  }

  close(): void {
    this.isClosed = true;
    this.cancelNext();
  }

  authorization(limits: WaitLimits): string | Promise<string> {
    const { token } = this;
    return token && this.options.clock.now() < token.expiresAtMs ? token.authorization : this.awaitToken(limits);
  }

  async inPlaceOf(refused: string, limits: WaitLimits): Promise<string | undefined> {
    const { token } = this;
    const isNew = token && this.options.clock.now() - token.issuedAtMs < NEW_FOR_MS;
    if (token && token.authorization !== refused) return token.authorization;
    return isNew ? undefined : this.awaitToken(limits);
  }

  private async awaitToken(limits: WaitLimits): Promise<string> {
    try {
      return (await waitWithin(this.refresh(), this.options.clock, limits)).authorization;
    } catch (error) {
      if (!(error instanceof DeadlineExceededError)) throw error;
      throw new KlaviyoError(REFRESHING, { kind: "not-sent", cause: "timeout" }, error);
    }
  }

  /** Joins the refresh that is under way. After one that failed it fails at once for a while. @throws KlaviyoError */
  private refresh(): Promise<Token> {
    const { failure } = this;
    if (failure && this.options.clock.now() < failure.untilMs) return Promise.reject(failure.error);
    return (this.flight ??= this.renew().finally(() => (this.flight = undefined)));
  }

  private async renew(): Promise<Token> {
    const { clock, random, client, onSecret, onRefresh, onFailure } = this.options;
    const issuedAtMs = clock.now();
    try {
      const issued = await requestToken(this.options, client, this.refreshToken);
      const { accessToken, refreshToken = this.refreshToken, expiresInMs } = issued;
      for (const secret of [accessToken, refreshToken]) onSecret(secret);
      const hasNewRefreshToken = refreshToken !== this.refreshToken;
      this.refreshToken = refreshToken;
      this.failures = 0;
      this.token = { authorization: `Bearer ${accessToken}`, issuedAtMs, expiresAtMs: issuedAtMs + expiresInMs };
      this.refreshAfter(expiresInMs - Math.min(AHEAD_MS, expiresInMs / 2));
      onRefresh(hasNewRefreshToken);
      return this.token;
    } catch (thrown) {
      const error = new KlaviyoError(REFRESHING, failureOf(thrown), thrown);
      const pauseMs = restMs(REST, ++this.failures, random());
      this.failure = { error, untilMs: clock.now() + pauseMs };
      this.refreshAfter(pauseMs);
      if (!this.isClosed) onFailure(error);
      throw error;
    }
  }

  private refreshAfter(ms: number): void {
    this.cancelNext();
    if (!this.isClosed)
      this.cancelNext = this.options.clock.after(Math.min(ms, LONGEST_MS), () => this.refreshUnawaited());
  }

  private refreshUnawaited(): void {
    // Who needs the token is told; here it has been reported.
    this.refresh().catch(() => {});
  }
}

const REFRESHING = "refreshing the access token";

/** For the call that has to do without a token: it was not sent, or is refused as Klaviyo would refuse it. */
function failureOf(error: unknown): KlaviyoFailure {
  const isRefusal = error instanceof TokenRefusedError && [400, 401, 403].includes(error.status);
  if (!isRefusal) return { kind: "not-sent", cause: "unreachable" };
  return { kind: "refused", status: 401, code: error.code, source: undefined, klaviyoErrorId: undefined };
}
