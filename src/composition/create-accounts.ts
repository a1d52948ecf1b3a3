import { RunningWork } from "../resilience/running-work.js";
import type { AccountSource, CreateAccount } from "./account-source.js";
import { createAccount, type OpenAccount } from "./create-account.js";
import { createCallersAccounts } from "./create-callers-accounts.js";
import { createKeyAccount } from "./create-key-account.js";
import { createOAuthAccount } from "./create-oauth-account.js";
import { createTenantAccounts } from "./create-tenant-accounts.js";
import type { Upstream } from "./create-upstream.js";
import type { Surroundings } from "./surroundings.js";

export interface Accounts extends Omit<AccountSource, "open"> {
  /** Writes under way, of all accounts. */
  readonly running: RunningWork;
  /** How many calls wait, by operation; for metrics. */
  readonly callsWaiting: () => Iterable<readonly [operation: string, count: number]>;
}

export function createAccounts(surroundings: Surroundings, upstream: Upstream): Accounts {
  const running = new RunningWork();
  const isOneOfMany = ["accounts", "pass-through"].includes(surroundings.config.KLAVIYO_CREDENTIALS);
  const create: CreateAccount = (parts) => createAccount(surroundings, upstream, { ...parts, isOneOfMany, running });
  const source = createSource(surroundings, upstream, create);
  return { ...source, running, callsWaiting: () => waitingIn(source.open()) };
}

function createSource(surroundings: Surroundings, upstream: Upstream, create: CreateAccount): AccountSource {
  switch (surroundings.config.KLAVIYO_CREDENTIALS) {
    case "key":
      return createKeyAccount(surroundings, create);
    case "accounts":
      return createTenantAccounts(surroundings, create);
    case "oauth":
      return createOAuthAccount(surroundings, upstream, create);
    case "pass-through":
      return createCallersAccounts(surroundings, create);
  }
}

function waitingIn(accounts: Iterable<OpenAccount>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { waiting } of accounts)
    for (const [operation, count] of waiting()) counts.set(operation, (counts.get(operation) ?? 0) + count);
  return counts;
}
