import { isRecord } from "../klaviyo/json-api.js";

/**
 * Does what was read say all that was written? What was not written may be anything. Ids may come back in another order, times in
 * another zone, and null as nothing. In doubt it says no: then the outcome is called unknown, which is never a lie.
 */
export function isAsWritten(written: unknown, read: unknown): boolean {
  if (written === undefined) return true;
  if (written === null) return (read ?? null) === null;
  if (Array.isArray(written)) return Array.isArray(read) && isSameList(written, read);
  if (isRecord(written))
    return isRecord(read) && Object.entries(written).every(([key, value]) => isAsWritten(value, read[key]));
  if (typeof written === "string" && typeof read === "string") return written === read || isSameTime(written, read);
  return written === read;
}

function isSameList(written: readonly unknown[], read: readonly unknown[]): boolean {
  if (written.length !== read.length) return false;
  const isOfTexts = [...written, ...read].every((item) => typeof item === "string");
  const [a, b] = isOfTexts ? [written.toSorted(), read.toSorted()] : [written, read];
  return a.every((item, index) => isAsWritten(item, b[index]));
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function isSameTime(a: string, b: string): boolean {
  return TIME.test(a) && TIME.test(b) && Date.parse(a) === Date.parse(b);
}
