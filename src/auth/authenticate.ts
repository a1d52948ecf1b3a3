import type { IncomingMessage } from "node:http";
import { AccessError } from "../access/access-error.js";
import type { Identity } from "../access/identity.js";

/** Finds out who sends a request. @throws AccessError for a proof that does not hold */
export type Authenticate = (headers: RequestHeaders) => Identity | Promise<Identity>;

/** All values of each header: of two proofs, or two names, none can be believed. Node gathers them when they are asked for. */
export type RequestHeaders = Pick<IncomingMessage, "headersDistinct">;

/** The one value of a header; undefined if there is none. @throws AccessError for several */
export function onlyValue({ headersDistinct }: RequestHeaders, name: string): string | undefined {
  const [value, ...more] = headersDistinct[name] ?? [];
  if (more.length > 0) throw new AccessError("UNAUTHENTICATED", `There may be one header \`${name}\`.`);
  return value;
}

export const authenticateNobody: Authenticate = () => ({ kind: "everybody" });
