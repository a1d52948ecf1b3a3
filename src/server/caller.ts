import type { IncomingMessage } from "node:http";
import { type Identity, subjectOf, tenantOf } from "../access/identity.js";

/** Who asks. But for `subject` and `tenant`, which authentication has proven, it is their own account. */
export interface Caller {
  readonly subject: string | undefined;
  /** Only where it was said. */
  readonly tenant?: string;
  readonly address: string | undefined;
  readonly clientName: string | undefined;
  readonly clientVersion: string | undefined;
  readonly userAgent: string | undefined;
}

export function callerOf(request: IncomingMessage, identity: Identity): Caller {
  const tenant = tenantOf(identity);
  return {
    subject: subjectOf(identity),
    ...(tenant !== undefined && { tenant }),
    address: request.socket.remoteAddress,
    clientName: shortHeader(request, "apollographql-client-name"),
    clientVersion: shortHeader(request, "apollographql-client-version"),
    userAgent: shortHeader(request, "user-agent"),
  };
}

/** Whom turns and allowances are counted by: who it is proven to be, or else what it calls itself, and from where. */
export function callerKeyOf({ subject, tenant, clientName, address }: Caller): string {
  if (subject === undefined) return `client ${clientName ?? ""} ${address ?? ""}`;
  // Either may hold anything, spaces and quotes among it: two callers must not have one key.
  return tenant === undefined ? `subject ${subject}` : `member ${JSON.stringify([tenant, subject])}`;
}

function shortHeader(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value.slice(0, 128) : undefined;
}
