import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { ErrorCode } from "../error-codes.js";

const CODE: ErrorCode = "TOO_MANY_REQUESTS";

/** A caller has used up what one caller may ask for. Nothing of the request was executed. */
export class TooManyRequestsError extends GraphQLError {
  readonly code = CODE;

  constructor(readonly retryAfterMs: number) {
    const seconds = Math.ceil(retryAfterMs / 1_000);
    const headers = new HeaderMap([["retry-after", String(seconds)]]);
    const message = `You have sent more requests than one caller may. Try again in ${seconds} s.`;
    super(message, { extensions: { code: CODE, http: { status: 429, headers } } });
    this.name = "TooManyRequestsError";
  }
}
