import { HttpError } from "../http-error.js";

/** For a client that comes back: long enough for some of the others to be answered. */
const RETRY_AFTER_MS = 1_000;

/** Nothing of the request was executed, so anybody may repeat it. */
export function overloaded(): HttpError {
  const message = "The gateway has more to do than it can do. Try again in a second.";
  return new HttpError(503, "OVERLOADED", message, RETRY_AFTER_MS);
}
