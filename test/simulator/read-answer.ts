import type { JsonValue, Reply } from "./start-simulator.js";

/** The ids of a collection or of linkage, in order; the whole text when the answer is none. */
export function idsOf({ json, text }: Reply): readonly unknown[] {
  const data = json["data"] as unknown;
  return Array.isArray(data) ? data.map((resource: JsonValue) => resource["id"]) : [text];
}

export function attributesOf({ json }: Reply): JsonValue {
  return json["data"]?.["attributes"] as JsonValue;
}

export function idOf({ json }: Reply): string {
  return String(json["data"]?.["id"]);
}

/** Status and the places that an error answer points to. */
export function faultsOf({ status, json, text }: Reply): readonly unknown[] {
  const errors = json["errors"] as unknown;
  if (!Array.isArray(errors)) return [status, text];
  return [status, ...errors.map((error: JsonValue) => error["source"]?.["pointer"] ?? error["source"]?.["parameter"])];
}
