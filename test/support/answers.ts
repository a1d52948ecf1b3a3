import type { TestGateway } from "./gateway.js";

export interface WireResource {
  readonly type: string;
  readonly id: string;
  readonly attributes?: object;
  readonly relationships?: object;
}

export interface WireDocument {
  readonly data: WireResource | readonly WireResource[];
  readonly included?: readonly WireResource[];
  readonly links?: object;
}

/** Lets Klaviyo answer a path with a document: so many times, or until the test ends. */
export function answer(
  gateway: TestGateway,
  path: string,
  document: WireDocument,
  times: number | "always" = "always",
): void {
  const body = JSON.stringify(document);
  gateway.simulator.addFault({ match: { method: "GET", path }, times, answer: { kind: "status", status: 200, body } });
}

/** Lets Klaviyo refuse a path. */
export function refuse(gateway: TestGateway, path: string, status: number): void {
  gateway.simulator.addFault({ match: { method: "GET", path }, times: "always", answer: { kind: "status", status } });
}

/** The decoded query strings of the requests for a path, in order. */
export function queriesTo(gateway: TestGateway, path: string): string[] {
  return gateway.simulator.requests
    .filter((request) => request.path === path)
    .map(({ query }) => decodeURIComponent(query.replaceAll("+", " ")));
}
