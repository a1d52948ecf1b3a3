import { jsonAnswer, type Answer } from "../http/answer.js";
import type { JsonObject } from "../json.js";
import type { Call } from "../route.js";
import { answerType, pathSuffix } from "../rules/wire-form.js";

/** A resource in a JSON:API document. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: JsonObject;
  readonly relationships?: JsonObject;
  readonly links: { readonly self: string };
}

/** A document around one resource; `links` came with 2026-01-15. */
export function singleAnswer(call: Call, status: number, data: Resource, included?: readonly Resource[]): Answer {
  const links = call.revision < "2026-01-15" ? {} : { links: { self: data.links.self } };
  const document = { data, ...(included && { included }), ...links, ...meta(call) };
  return jsonAnswer(status, document, answerType(call.revision));
}

/** A25: the hints that Klaviyo writes for AI agents; clients must read past them. */
export function meta(call: Call): JsonObject {
  if (call.revision < "2026-07-15") return {};
  return { meta: { agent_hints: { next_steps: ["Read the campaign again to see its current status."] } } };
}

/** An absolute URL below the API, in the form of the call's revision. */
export function urlOf(call: Call, ...segments: readonly string[]): string {
  return `${call.baseUrl}/api/${segments.map(encodeURIComponent).join("/")}${pathSuffix(call.revision)}`;
}

/** A15: linkage is there only for what was included, as integrators report. */
export function relationship(
  call: Call,
  of: readonly [type: string, id: string, name: string],
  linkage?: unknown,
): JsonObject {
  const [collection, id, name] = of;
  const links = {
    self: urlOf(call, collection, id, "relationships", name),
    related: urlOf(call, collection, id, name),
  };
  return linkage === undefined ? { links } : { data: linkage, links };
}

/** With an offset, as Klaviyo writes moments. */
export function dateTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "+00:00");
}
