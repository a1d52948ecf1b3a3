import { LRUCache } from "lru-cache";
import type { Manifest } from "./manifest.js";

/** What all automatic persisted queries may take together: whoever may send a query may have it kept. */
const CACHE_LIMIT_CHARACTERS = 4_194_304;

/** How Apollo Server looks up the document that a client names by its hash. */
export interface PersistedDocuments {
  get(key: string): Promise<string | undefined>;
  set(key: string, document: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** The document of a hash, at once, for those who are going to run it: what is asked for stays. */
  use(hash: string): string | undefined;
  /** The same for those who only want to know what it would be. */
  peek(hash: string): string | undefined;
}

/**
 * Documents of the manifest, which are there from the start, and behind them those that clients have sent once.
 * @param manifest the present one, if there is one
 */
export function createPersistedDocuments(manifest: () => Manifest | undefined): PersistedDocuments {
  const sent = new LRUCache<string, string>({
    maxSize: CACHE_LIMIT_CHARACTERS,
    sizeCalculation: (document, key) => document.length + key.length,
  });
  return {
    get: async (key) => manifest()?.bodies.get(key.replace(APOLLO_PREFIX, "")) ?? sent.get(key),
    set: async (key, document) => void sent.set(key, document),
    use: (hash) => manifest()?.bodies.get(hash) ?? sent.get(`apq:${hash}`),
    peek: (hash) => manifest()?.bodies.get(hash) ?? sent.peek(`apq:${hash}`),
    delete: async (key) => void sent.delete(key),
  };
}

/** Apollo Server's own, in front of every hash. */
const APOLLO_PREFIX = /^apq:/;
