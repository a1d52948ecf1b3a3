import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import { type DocumentNode, Kind } from "graphql";
import { LRUCache } from "lru-cache";

/** What parsed documents may take: those that Apollo Server has in mind, and those that are run compiled. Most are the same. */
export const DOCUMENTS_LIMIT_BYTES = 52_428_800;

/** With its node, as measured where nearly every token is a field. */
const BYTES_A_TOKEN = 500;
/** What an operation is measured by, where its fragments are written out: a few words may stand for all fields that one may have. */
const BYTES_AN_OPERATION = 40_000;

/** What a parsed document takes at most, nearly: up to two hundred times its text. */
export function bytesOf({ tokenCount = 0, definitions }: DocumentNode): number {
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
  return tokenCount * BYTES_A_TOKEN + operations * BYTES_AN_OPERATION;
}

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>["documentStore"]>;

/** Where Apollo Server keeps documents that it has parsed and found valid. */
export function createDocumentStore(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: DOCUMENTS_LIMIT_BYTES,
    sizeCalculation: (document, key) => key.length + bytesOf(document),
  });
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => void documents.set(key, document),
    delete: async (key) => documents.delete(key),
  };
}
