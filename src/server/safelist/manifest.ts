import { createHash } from "node:crypto";
import { type DocumentNode, parse, print } from "graphql";
import { isRecord } from "../../json/is-record.js";

/** The operations that may be run. */
export interface Manifest {
  /** Documents by their ids, as clients send them in place of the document. */
  readonly bodies: ReadonlyMap<string, string>;
  /** Whether a document is listed, however it is laid out. */
  has(document: DocumentNode): boolean;
}

/** Reads what `@apollo/generate-persisted-query-manifest` writes. @throws Error that says what is wrong with it */
export function parseManifest(text: string): Manifest {
  const manifest: unknown = JSON.parse(text);
  if (!isRecord(manifest) || manifest["format"] !== "apollo-persisted-query-manifest" || manifest["version"] !== 1)
    throw new Error("It is not an apollo-persisted-query-manifest of version 1.");
  const operations = Array.isArray(manifest["operations"]) ? manifest["operations"] : [];
  const entries = operations.map(entryOf);
  const digests = new Set(entries.map(([, body]) => digestOf(parse(body))));
  return { bodies: new Map(entries), has: (document) => digests.has(digestOf(document)) };
}

function entryOf(operation: unknown, index: number): readonly [string, string] {
  const { id, body } = isRecord(operation) ? operation : {};
  if (typeof id !== "string" || typeof body !== "string") throw new Error(`Operation ${index} has no id or no body.`);
  return [id, body];
}

const DIGESTS = new WeakMap<DocumentNode, string>();

/** Printed anew, documents that differ in white space and comments alone are the same. Computed once for a document. */
export function digestOf(document: DocumentNode): string {
  const known = DIGESTS.get(document);
  if (known !== undefined) return known;
  const digest = createHash("sha256").update(print(document)).digest("hex");
  DIGESTS.set(document, digest);
  return digest;
}
