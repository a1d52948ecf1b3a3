import { LRUCache } from "lru-cache";
import type { OpenAccount } from "./create-account.js";

/** Each takes some ten kilobytes once it has been used. */
const MOST_ACCOUNTS = 1_000;

/** One account for each credential, made when it is first used. When there get too many, the one goes that nobody has used for longest. */
export class AccountPool {
  private readonly open: LRUCache<string, OpenAccount>;

  /** @param create makes the account of what stands in its Authorization header */
  constructor(
    private readonly create: (authorization: string) => OpenAccount,
    mostAccounts = MOST_ACCOUNTS,
  ) {
    this.open = new LRUCache({ max: mostAccounts, dispose: (account) => account.close() });
  }

  of(authorization: string): OpenAccount {
    const known = this.open.get(authorization);
    if (known) return known;
    const account = this.create(authorization);
    this.open.set(authorization, account);
    return account;
  }

  all(): Iterable<OpenAccount> {
    return this.open.values();
  }
}
