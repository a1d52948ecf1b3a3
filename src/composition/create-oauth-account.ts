import { accountNameOf } from "../klaviyo/account-name.js";
import { OAuthTokens } from "../klaviyo/oauth-tokens.js";
import { basicCredentials } from "../klaviyo/request-token.js";
import type { AccountSource, CreateAccount } from "./account-source.js";
import type { Upstream } from "./create-upstream.js";
import type { Surroundings } from "./surroundings.js";

/** One account for all callers, by the access tokens of an OAuth app. */
export function createOAuthAccount(
  { config, clock, random, logger, secrets }: Surroundings,
  { connections }: Upstream,
  create: CreateAccount,
): AccountSource {
  const client = { id: config.KLAVIYO_OAUTH_CLIENT_ID, secret: config.KLAVIYO_OAUTH_CLIENT_SECRET };
  const refreshToken = config.KLAVIYO_OAUTH_REFRESH_TOKEN;
  const origin = config.KLAVIYO_BASE_URL;
  secrets.add(basicCredentials(client));
  const tokens = new OAuthTokens({
    // A cancel may have to wait for a token.
    dispatcher: connections.reserved,
    clock,
    random,
    attemptTimeoutMs: config.KLAVIYO_ATTEMPT_TIMEOUT_MS,
    client,
    refreshToken,
    onSecret: (token) => secrets.addPassing(token),
    onRefresh: (hasNewRefreshToken) => {
      logger.info("access token renewed");
      if (hasNewRefreshToken)
        logger.warn("Klaviyo has replaced the refresh token: the configured one may not do at the next start");
    },
    onFailure: (error) => logger.error({ err: error }, "access token cannot be renewed"),
  });
  // An app has limits of its own in each account: those of a token's first refresh token, whatever comes after it.
  const account = create({
    name: accountNameOf(origin, `${client.id} ${refreshToken}`),
    credential: tokens,
  });
  return {
    accountOf: () => account,
    open: () => [account],
    start: async () => tokens.start(),
    reload: async () => {},
    close: () => tokens.close(),
  };
}
