import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import { hasRootResults } from "../../compiled/root-results.js";
import type { ErrorCode } from "../error-codes.js";
import { digestOf, type Manifest } from "./manifest.js";

export interface SafelistOptions {
  /** The manifest at present. */
  readonly manifest: () => Manifest;
  readonly mode: "log" | "enforce";
  /** Told once of each operation that is not listed. */
  readonly onUnlisted: (operation: UnlistedOperation) => void;
}

export interface UnlistedOperation {
  readonly operationName: string | undefined;
  /** Of the document as graphql-js prints it, to find it in a code base. */
  readonly sha256: string;
}

/** So many unlisted operations are remembered, so as not to be reported again. */
const REPORTED = 1_000;

const CODE: ErrorCode = "QUERY_NOT_IN_SAFELIST";

/** Lets only operations run that the manifest lists, or reports the others. */
export function createSafelistPlugin({ manifest, mode, onUnlisted }: SafelistOptions): ApolloServerPlugin {
  const reported = new LRUCache<string, true>({ max: REPORTED });
  const report = (operation: UnlistedOperation) => {
    if (reported.has(operation.sha256)) return;
    reported.set(operation.sha256, true);
    onUnlisted(operation);
  };
  return {
    requestDidStart: async () => {
      let isListed = false;
      return {
        didResolveOperation: async ({ document, operationName, contextValue }) => {
          // What was listed when part of it was run, is seen through: whoever is refused believes that nothing was done.
          isListed = hasRootResults(contextValue) || manifest().has(document);
          if (isListed) return;
          report({ operationName: operationName?.slice(0, 128), sha256: digestOf(document) });
          if (mode === "enforce")
            throw new GraphQLError(UNLISTED, { extensions: { code: CODE, http: { status: 400 } } });
        },
        willSendResponse: async ({ source, response: { body, http } }) => {
          if (mode === "log" || isListed || source === undefined || body.kind !== "single") return;
          // A document that does not parse or fit is not listed either: what is wrong with it would tell strangers the schema.
          http.status = 400;
          body.singleResult = { errors: [{ message: UNLISTED, extensions: { code: CODE } }] };
        },
      };
    },
  };
}

const UNLISTED = "Only operations of the safelist are run, and this is none of them.";
