import type { Account } from "./account/account.js";
import type { CampaignStore } from "./campaigns/campaign-store.js";
import type { FilterRules } from "./filters/filter-rule.js";
import type { Answer } from "./http/answer.js";
import type { NewIds } from "./new-ids.js";
import type { Scopes } from "./rules/authorization.js";
import type { ParameterRules, Query } from "./rules/query.js";
import type { RateLimit } from "./rules/rate-limits.js";
import type { Revision } from "./rules/revision.js";

/** One operation of the API: a row of the table in routes.ts, with its handler in a file of its own. */
export interface Route {
  /** Klaviyo's operationId. Each has limits of its own. */
  readonly operation: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Without the final slash that old revisions want; `{id}` is the only placeholder. */
  readonly path: string;
  readonly since: Revision;
  readonly scopes: readonly string[];
  readonly limit: RateLimit;
  /** A parameter that costs more: its requests count here as well. */
  readonly costlyParameter?: { readonly name: string; readonly limit: RateLimit };
  readonly parameters: ParameterRules;
  /** What the `filter` parameter may ask; the handler applies it. */
  readonly filters?: FilterRules;
  readonly handle: (call: Call) => Answer;
}

/** A request that passed every rule of the table. */
export interface Call {
  /** The decoded `{id}` of the path, "" for a path without one. */
  readonly id: string;
  readonly query: Query;
  /** The parsed body; undefined for a method without one. */
  readonly body: unknown;
  readonly revision: Revision;
  readonly scopes: Scopes;
  readonly nowMs: number;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** The path of the request, as it was sent. */
  readonly path: string;
  readonly store: CampaignStore;
  readonly account: Account;
  readonly ids: NewIds;
}
