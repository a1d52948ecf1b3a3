import type { Account } from "./account/account.js";
import type { CampaignStore } from "./campaigns/campaign-store.js";
import { decodeId, findRoute } from "./find-route.js";
import { type Answer, withHeaders } from "./http/answer.js";
import { ApiError, errorAnswer, genericError, notFound } from "./http/api-error.js";
import { decodeBody } from "./http/decode-body.js";
import type { NewIds } from "./new-ids.js";
import type { RecordedRequest } from "./recorded-request.js";
import type { Route } from "./route.js";
import { type AccessTokens, TOKEN_PATH } from "./rules/access-tokens.js";
import { type ApiKeys, authenticate, requireScopes } from "./rules/authorization.js";
import { decodeQuery } from "./rules/query.js";
import type { Quota, RateLimits } from "./rules/rate-limits.js";
import { oldestLiveRevision, resolveRevision, type Revision } from "./rules/revision.js";
import { answerType, JSON_API_TYPE, pathSuffix } from "./rules/wire-form.js";

export interface ApiParts {
  readonly store: CampaignStore;
  readonly account: Account;
  readonly ids: NewIds;
  /** undefined: nothing is limited, and no answer speaks of limits. */
  readonly limits: RateLimits | undefined;
  readonly apiKeys: ApiKeys | undefined;
  /** undefined: there is no OAuth app. */
  readonly tokens: AccessTokens | undefined;
  readonly oldestLiveRevision: string | undefined;
}

/** Answers any request; never throws. A2: the order of the checks is Django REST Framework's. */
export function answerApi(request: RecordedRequest, parts: ApiParts): Answer {
  if (request.path === TOKEN_PATH && parts.tokens) return parts.tokens.answer(request);
  return guarded(JSON_API_TYPE, () => {
    const { route, rawId } = findRoute(request.method, request.path);
    const revision = revisionFor(route, request, parts);
    return guarded(answerType(revision), () => answerRoute({ route, rawId, revision }, request, parts));
  });
}

interface Match {
  readonly route: Route;
  readonly rawId: string;
  readonly revision: Revision;
}

function answerRoute({ route, rawId, revision }: Match, request: RecordedRequest, parts: ApiParts): Answer {
  // A6: Django could also answer a missing slash with a redirect.
  if (request.path.endsWith("/") !== (pathSuffix(revision) === "/")) {
    throw notFound(`The requested path does not exist at revision ${revision}.`);
  }
  const scopes = parts.tokens?.scopesOf(request) ?? authenticate(request.headers["authorization"], parts.apiKeys);
  requireScopes(scopes, route.scopes);
  const quota = parts.limits?.take(quotasOf(route, request), request.atMs) ?? {};
  const handled = guarded(answerType(revision), () =>
    route.handle({
      id: decodeId(rawId),
      body: hasBody(route) ? decodeBody(request, revision) : undefined,
      query: decodeQuery(request.query, route.parameters, revision),
      revision,
      scopes,
      nowMs: request.atMs,
      baseUrl: `http://${request.headers["host"] ?? "127.0.0.1"}`,
      path: request.path,
      store: parts.store,
      account: parts.account,
      ids: parts.ids,
    }),
  );
  return withHeaders(handled, quota);
}

function revisionFor(route: Route, request: RecordedRequest, parts: ApiParts): Revision {
  return resolveRevision({
    header: request.headers["revision"],
    isOptedOut: request.headers["x-klaviyo-revision-fall-forward-opt-out"] === "1",
    since: route.since,
    nowMs: request.atMs,
    oldestLive: parts.oldestLiveRevision ?? oldestLiveRevision(request.atMs),
  });
}

/** A costly parameter is counted by its name alone: limits come before the query is checked. */
function quotasOf({ operation, limit, costlyParameter }: Route, { query }: RecordedRequest): readonly Quota[] {
  const own = { name: operation, limit };
  if (costlyParameter === undefined || !new URLSearchParams(query).has(costlyParameter.name)) return [own];
  return [own, { name: `${operation} ${costlyParameter.name}`, limit: costlyParameter.limit }];
}

function hasBody(route: Route): boolean {
  return route.method === "POST" || route.method === "PATCH";
}

/** Turns what is thrown into an answer, so that no request can bring the simulator down. */
function guarded(contentType: string, answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    return errorAnswer(error instanceof ApiError ? error.parts : genericError(500), contentType);
  }
}
