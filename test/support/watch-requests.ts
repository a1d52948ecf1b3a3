import type { RecordedRequest, Simulator } from "../../src/simulator/simulator.js";
import { hasOpenApi } from "../simulator/openapi-document.js";
import { OpenApiRequestChecker } from "../simulator/openapi-requests.js";

let checker: OpenApiRequestChecker | undefined;

/**
 * Remembers what the gateway sends to a simulator, whatever the test clears.
 * @returns what holds it all against Klaviyo's OpenAPI document, and throws if something does not fit. Without the document it does
 * nothing: `test/simulator/openapi-requests.test.ts` says then that it was skipped.
 */
export function watchRequests(simulator: Simulator): () => void {
  const sent: RecordedRequest[] = [];
  simulator.onRequest((request) => {
    // Tests ask the simulator themselves as well, and sometimes wrongly on purpose.
    const isOurs = request.headers["user-agent"] === "klaviyo-campaigns-gateway";
    // The document says nothing of OAuth.
    if (isOurs && request.path !== "/oauth/token") sent.push(request);
  });
  return () => {
    if (!hasOpenApi || sent.length === 0) return;
    checker ??= new OpenApiRequestChecker();
    const faults = new Set(sent.splice(0).flatMap((request) => described(request, checker?.faultsOf(request) ?? [])));
    if (faults.size > 0) throw new Error(`Not of Klaviyo's OpenAPI document:\n${[...faults].join("\n")}`);
  };
}

function described({ method, path, query, headers }: RecordedRequest, faults: readonly string[]): readonly string[] {
  const line = `${method} ${path}?${decodeURIComponent(query)} at ${headers["revision"]}`;
  return faults.map((fault) => `${line}: ${fault}`);
}
