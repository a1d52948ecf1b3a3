import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";

export type AccessCode = "UNAUTHENTICATED" | "FORBIDDEN" | "ACCOUNT_UNKNOWN" | "AUTHENTICATION_UNAVAILABLE";

const STATUS: Readonly<Record<AccessCode, number | undefined>> = {
  UNAUTHENTICATED: 401,
  // Of several fields one may be forbidden: the rest of the answer is as good as any.
  FORBIDDEN: undefined,
  ACCOUNT_UNKNOWN: 403,
  AUTHENTICATION_UNAVAILABLE: 503,
};

/** Why a caller may not have what was asked for. The message is for the caller: it names what is missing, never what was sent. */
export class AccessError extends GraphQLError {
  constructor(
    readonly code: AccessCode,
    message: string,
    /** Ways to be let in: all scopes of one of these. */
    readonly missingScopes: readonly string[] = [],
  ) {
    const status = STATUS[code];
    // https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1: a 401 says how to authenticate.
    const headers = new HeaderMap(code === "UNAUTHENTICATED" ? [["www-authenticate", "Bearer"]] : []);
    super(message, { extensions: { code, ...(status !== undefined && { http: { status, headers } }) } });
    this.name = "AccessError";
  }
}
