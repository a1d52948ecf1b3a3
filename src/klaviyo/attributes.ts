import { KlaviyoError } from "./failure.js";
import { isRecord } from "../json/is-record.js";

/**
 * Something with attributes: a resource, or an object inside one (then `type` says where it stands, such as
 * `campaign.send_strategy`).
 */
export interface Attributed {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/*
 * Readers of one attribute each. An attribute is checked when it is read and not before, so nothing that was not asked for is ever
 * the reason of an error; a required one that is missing or misshapen is an invalid response, never a made-up value. `optional`
 * readers give null where Klaviyo sends null or leaves the attribute out.
 */

export function requiredText(from: Attributed, name: string): string {
  return optionalText(from, name) ?? misshapen(from, name, "a string");
}

export function optionalText(from: Attributed, name: string): string | null {
  const value = from.attributes[name] ?? null;
  return value === null || typeof value === "string" ? value : misshapen(from, name, "a string");
}

export function requiredBoolean(from: Attributed, name: string): boolean {
  return optionalBoolean(from, name) ?? misshapen(from, name, "a boolean");
}

export function optionalBoolean(from: Attributed, name: string): boolean | null {
  const value = from.attributes[name] ?? null;
  return value === null || typeof value === "boolean" ? value : misshapen(from, name, "a boolean");
}

export function requiredInteger(from: Attributed, name: string): number {
  return optionalInteger(from, name) ?? misshapen(from, name, "an integer");
}

export function optionalInteger(from: Attributed, name: string): number | null {
  const value = from.attributes[name] ?? null;
  if (value === null) return null;
  // GraphQL's Int has 32 bits.
  const isInt = typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  return isInt ? value : misshapen(from, name, "a 32-bit integer");
}

export function optionalNumber(from: Attributed, name: string): number | null {
  const value = from.attributes[name] ?? null;
  return value === null || typeof value === "number" ? value : misshapen(from, name, "a number");
}

export function requiredDate(from: Attributed, name: string): Date {
  return optionalDate(from, name) ?? misshapen(from, name, "a date and time");
}

export function optionalDate(from: Attributed, name: string): Date | null {
  const value = optionalText(from, name);
  if (value === null) return null;
  const date = ISO_8601.test(value) ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) && isInMonth(value)
    ? date
    : misshapen(from, name, "an ISO 8601 date and time");
}

/**
 * A clock time in each recipient's own time zone, which Klaviyo writes as if it were UTC. An offset would say nothing, so it may be
 * missing; of any other time it would have to be guessed.
 */
export function requiredClockTime(from: Attributed, name: string): Date {
  const value = clockTimeInUtc(requiredText(from, name));
  return requiredDate({ type: from.type, attributes: { [name]: value } }, name);
}

/** A clock time as it is written: as if it were UTC. */
export function clockTimeInUtc(text: string): string {
  return WITHOUT_OFFSET.test(text) ? `${text}Z` : text;
}

/** A list of strings; empty where Klaviyo sends null or leaves it out. */
export function textList(from: Attributed, name: string): readonly string[] {
  return listOf(from, name).map((item) =>
    typeof item === "string" ? item : misshapen(from, name, "a list of strings"),
  );
}

/** A list of strings that Klaviyo always sends. */
export function requiredTextList(from: Attributed, name: string): readonly string[] {
  return from.attributes[name] === undefined ? misshapen(from, name, "a list of strings") : textList(from, name);
}

/** An object inside another. */
export function requiredPart(from: Attributed, name: string): Attributed {
  return optionalPart(from, name) ?? misshapen(from, name, "an object");
}

export function optionalPart(from: Attributed, name: string): Attributed | null {
  const value = from.attributes[name] ?? null;
  return value === null ? null : partOf(from, name, value);
}

/** A list of objects; empty where Klaviyo sends null or leaves it out. */
export function partList(from: Attributed, name: string): readonly Attributed[] {
  return listOf(from, name).map((item) => partOf(from, name, item));
}

// Date.parse alone would read "7" and "yesterday 1" as dates.
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Date reads the 31st of February as the 3rd of March. Every month has 28 days, so that most dates need no look. */
function isInMonth(text: string): boolean {
  const tens = text.charCodeAt(8) - ZERO;
  if (tens < 2 || (tens === 2 && text.charCodeAt(9) - ZERO < 9)) return true;
  const day = text.slice(0, "2026-02-31".length);
  return new Date(day).toISOString().startsWith(day);
}

const ZERO = 48;
const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/;

function listOf(from: Attributed, name: string): readonly unknown[] {
  const value = from.attributes[name] ?? [];
  return Array.isArray(value) ? value : misshapen(from, name, "a list");
}

function partOf(from: Attributed, name: string, value: unknown): Attributed {
  if (!isRecord(value)) return misshapen(from, name, "an object");
  return new Part(from, name, value);
}

/** Where it stands is put into words for complaints alone: a page has hundreds of parts, and hardly ever a complaint. */
class Part implements Attributed {
  constructor(
    private readonly whole: Attributed,
    private readonly name: string,
    readonly attributes: Attributed["attributes"],
  ) {}

  get type(): string {
    return `${this.whole.type}.${this.name}`;
  }
}

export function misshapen(from: Attributed, name: string, expected: string): never {
  const reason = `${from.type}.${name} is not ${expected}`;
  throw new KlaviyoError(`reading ${from.type}`, { kind: "invalid-response", status: 200, reason });
}
