import { Deadline } from "../resilience/deadline.js";
import type { Answer } from "./answer-store.js";
import { attempt, type AttemptOptions } from "./attempt.js";
import type { CallOptions } from "./call-options.js";
import type { Credential, RenewableCredential } from "./credential.js";
import { KlaviyoError } from "./failure.js";
import type { Operation } from "./operations.js";
import type { Revision } from "./revisions.js";

type Call = CallOptions & { readonly revision: Revision };

/**
 * An attempt with the credential of the moment. What was refused for a credential that can be renewed is attempted once more with another
 * one, writes too: a 401 is given instead of executing. @throws KlaviyoError, or the reason of the call's signal
 */
export function signedAttempt(
  options: AttemptOptions,
  credential: Credential,
  operation: Operation,
  call: Call,
): Promise<Answer> {
  if (credential.kind === "renewable") return renewedAttempt(options, credential, operation, call);
  return attempt(options, operation, { ...call, authorization: credential.authorization() });
}

async function renewedAttempt(
  options: AttemptOptions,
  credential: RenewableCredential,
  operation: Operation,
  call: Call,
): Promise<Answer> {
  const deadline = new Deadline(options.clock, call.remainingMs ?? options.attemptTimeoutMs);
  const limited = () => ({ ...call, remainingMs: deadline.remainingMs });
  const authorization = await credential.authorization(limited());
  try {
    return await attempt(options, operation, { ...limited(), authorization });
  } catch (error) {
    if (!isForCredential(error)) throw error;
    const other = await credential.inPlaceOf(authorization, limited());
    if (other === undefined) throw error;
    return attempt(options, operation, { ...limited(), authorization: other });
  }
}

function isForCredential(error: unknown): boolean {
  return error instanceof KlaviyoError && "status" in error.failure && error.failure.status === 401;
}
