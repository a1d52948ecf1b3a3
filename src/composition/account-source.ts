import type { ContextParts } from "../server/context.js";
import type { AccountParts, OpenAccount } from "./create-account.js";

/** The accounts that one way of having credentials leads to. */
export interface AccountSource extends Pick<ContextParts, "accountOf"> {
  readonly open: () => Iterable<OpenAccount>;
  /** Reads for the first time what it depends on. */
  readonly start: () => Promise<void>;
  /** Reads it again. Does not throw. */
  readonly reload: () => Promise<void>;
  readonly close: () => void;
}

export type CreateAccount = (parts: Pick<AccountParts, "name" | "credential">) => OpenAccount;
