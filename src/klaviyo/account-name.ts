import { createHash } from "node:crypto";

/** What stands for a credential where others can read it: the same for all who use it, and no way back to it. */
export function accountNameOf(origin: string, credential: string): string {
  return digestOf(origin, credential).slice(0, 16);
}

/** The same for what callers send. They can try as many as they like to meet somebody else's name, so nothing of it is cut off. */
export function callersAccountNameOf(origin: string, authorization: string): string {
  return digestOf(origin, authorization);
}

function digestOf(origin: string, credential: string): string {
  return createHash("sha256").update(`${origin} ${credential}`).digest("hex");
}
