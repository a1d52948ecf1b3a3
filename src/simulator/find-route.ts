import { ApiError, notFound } from "./http/api-error.js";
import type { Route } from "./route.js";
import { ROUTES } from "./routes.js";

/** Matches on raw segments, so that an encoded slash stays inside its id. */
export function findRoute(method: string, path: string): { readonly route: Route; readonly rawId: string } {
  const segments = withoutFinalSlash(path).split("/");
  const onPath = ROUTES.filter((route) => isMatch(route.path.split("/"), segments));
  if (onPath.length === 0) throw notFound("The requested path does not exist.");
  const route = onPath.find((candidate) => candidate.method === method);
  if (route === undefined) throw methodNotAllowed(method, onPath);
  return { route, rawId: segments[route.path.split("/").indexOf("{id}")] ?? "" };
}

/** A23: an escape that cannot be decoded is the client's mistake, a 400. */
export function decodeId(rawId: string): string {
  try {
    return decodeURIComponent(rawId);
  } catch {
    const detail = `'${rawId}' is not a valid id: it has a malformed escape.`;
    throw new ApiError({ status: 400, code: "invalid", title: "Invalid input.", detail });
  }
}

function isMatch(template: readonly string[], segments: readonly string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((part, index) => (part === "{id}" ? segments[index] !== "" : part === segments[index]))
  );
}

function withoutFinalSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}

// A26: a method that a known path does not have.
function methodNotAllowed(method: string, onPath: readonly Route[]): ApiError {
  return new ApiError({
    status: 405,
    code: "method_not_allowed",
    title: "Method not allowed.",
    detail: `Method "${method}" not allowed.`,
    headers: { Allow: onPath.map((route) => route.method).join(", ") },
  });
}
