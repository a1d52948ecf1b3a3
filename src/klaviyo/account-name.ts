import { createHash } from "node:crypto";

/** What stands for a credential where others can read it: the same for all who use it, and no way back to it. */
export function accountNameOf(origin: string, apiKey: string): string {
  return createHash("sha256").update(`${origin} ${apiKey}`).digest("hex").slice(0, 16);
}
