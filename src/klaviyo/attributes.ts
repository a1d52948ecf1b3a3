import { KlaviyoError } from "./failure.js";
import type { Resource } from "./json-api.js";

/**
 * Readers of one attribute each. An attribute is checked when it is read and not before, so nothing that was not asked for is
 * ever the reason of an error; a required one that is missing or misshapen is an invalid response, never a made-up value.
 */
export function requiredText(resource: Resource, name: string): string {
  const value = resource.attributes[name];
  return typeof value === "string" ? value : misshapen(resource, name, "a string");
}

export function requiredBoolean(resource: Resource, name: string): boolean {
  const value = resource.attributes[name];
  return typeof value === "boolean" ? value : misshapen(resource, name, "a boolean");
}

export function requiredDate(resource: Resource, name: string): Date {
  return optionalDate(resource, name) ?? misshapen(resource, name, "a date and time");
}

/** @returns null where Klaviyo sends null or leaves the attribute out. */
export function optionalDate(resource: Resource, name: string): Date | null {
  const value = resource.attributes[name] ?? null;
  if (value === null) return null;
  const date = typeof value === "string" && ISO_8601.test(value) ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : misshapen(resource, name, "an ISO 8601 date and time");
}

// Date.parse alone would read "7" and "yesterday 1" as dates.
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/;

function misshapen(resource: Resource, name: string, expected: string): never {
  const reason = `${resource.type}.${name} is not ${expected}`;
  throw new KlaviyoError(`reading ${resource.type}`, { kind: "invalid-response", status: 200, reason });
}
