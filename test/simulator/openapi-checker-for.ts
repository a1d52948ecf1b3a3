import { expect } from "@jest/globals";
import { OpenApiChecker } from "./openapi-document.js";
import type { CallOptions, Started } from "./start-simulator.js";

/** Calls a path of the template and checks the answer; returns its status, so that a test can say what it saw. */
export function checkerFor(started: Started) {
  const checker = new OpenApiChecker();
  return async (template: string, path: string, options: CallOptions = {}): Promise<number> => {
    const answer = await started.call(path, options);
    const found = checker.faultsOf({
      method: options.method ?? "GET",
      path: template,
      status: answer.status,
      contentType: answer.headers.get("content-type"),
      body: answer.json,
      isSparse: path.includes("fields"),
    });
    expect({ path, found }).toEqual({ path, found: [] });
    return answer.status;
  };
}
