import type { IncomingMessage } from "node:http";
import { type Identity, subjectOf } from "../access/identity.js";

/** Who asks. But for `subject`, which authentication has proven, it is their own account. */
export interface Caller {
  readonly subject: string | undefined;
  readonly address: string | undefined;
  readonly clientName: string | undefined;
  readonly clientVersion: string | undefined;
  readonly userAgent: string | undefined;
}

export function callerOf(request: IncomingMessage, identity: Identity): Caller {
  return {
    subject: subjectOf(identity),
    address: request.socket.remoteAddress,
    clientName: shortHeader(request, "apollographql-client-name"),
    clientVersion: shortHeader(request, "apollographql-client-version"),
    userAgent: shortHeader(request, "user-agent"),
  };
}

/** Whom turns and allowances are counted by: who it is proven to be, or else what it calls itself, and from where. */
export function callerKeyOf({ subject, clientName, address }: Caller): string {
  return subject === undefined ? `client ${clientName ?? ""} ${address ?? ""}` : `subject ${subject}`;
}

function shortHeader(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value.slice(0, 128) : undefined;
}
