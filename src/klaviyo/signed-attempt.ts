import { Deadline } from "../resilience/deadline.js";
import type { Answer } from "./answer-store.js";
import type { AskedCall } from "./asked-call.js";
import { attempt, type AttemptOptions } from "./attempt.js";
import type { Credential, RenewableCredential } from "./credential.js";
import { KlaviyoError } from "./failure.js";

/**
 * An attempt with the credential of the moment. What was refused for a credential that can be renewed is attempted once more with another
 * one, writes too: a 401 is given instead of executing. @throws KlaviyoError, or the reason of the call's signal
 */
export function signedAttempt(options: AttemptOptions, credential: Credential, asked: AskedCall): Promise<Answer> {
  if (credential.kind === "renewable") return renewedAttempt(options, credential, asked);
  return attempt(options, asked, credential.authorization());
}

async function renewedAttempt(
  options: AttemptOptions,
  credential: RenewableCredential,
  asked: AskedCall,
): Promise<Answer> {
  const { signal, sharers } = asked;
  const time = sharers ?? new Deadline(options.clock, asked.remainingMs);
  const limited = () => ({ ...asked, remainingMs: time.remainingMs });
  // Who joins later may have more time than all who wait now: the signal ends what is shared, or the refresh does, which takes no longer than an attempt.
  const forToken = () => ({ signal, remainingMs: sharers ? 2 * options.attemptTimeoutMs : time.remainingMs });
  const authorization = await credential.authorization(forToken());
  try {
    return await attempt(options, limited(), authorization);
  } catch (error) {
    if (!isForCredential(error)) throw error;
    const other = await credential.inPlaceOf(authorization, forToken());
    if (other === undefined) throw error;
    return attempt(options, limited(), other);
  }
}

function isForCredential(error: unknown): boolean {
  return error instanceof KlaviyoError && "status" in error.failure && error.failure.status === 401;
}
