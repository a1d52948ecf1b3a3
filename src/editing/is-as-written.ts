import { isRecord } from "../json/is-record.js";
import { clockTimeInUtc } from "../klaviyo/attributes.js";

/** What is replaced as a whole: a key that was not written says something as well, namely that it is not to be there. */
const WHOLE: ReadonlySet<string> = new Set(["send_strategy", "kv_pairs", "on_open", "badge"]);

/**
 * Does what was read say all that was written? What was not written may be anything, but for what is replaced as a whole. Ids may come back in
 * another order, times in another zone, and null as nothing. In doubt it says no: then the outcome is called unknown, which is never a lie.
 */
export function isAsWritten(written: unknown, read: unknown, isWhole = false): boolean {
  if (written === undefined) return true;
  if (written === null) return (read ?? null) === null;
  if (Array.isArray(written)) return Array.isArray(read) && isSameList(written, read);
  if (isRecord(written)) return isRecord(read) && isSameRecord(written, read, isWhole);
  if (typeof written === "string" && typeof read === "string") return written === read || isSameTime(written, read);
  return written === read;
}

type Values = Readonly<Record<string, unknown>>;

function isSameRecord(written: Values, read: Values, isWhole: boolean): boolean {
  const seen = isInLocalTime(written) ? withClockTime(read) : read;
  const isThere = Object.entries(written).every(([name, value]) =>
    isAsWritten(value, seen[name], isWhole || WHOLE.has(name)),
  );
  return isThere && (!isWhole || Object.entries(read).every(([name, value]) => name in written || saysNothing(value)));
}

/** Whether it is a send strategy whose time is each recipient's own. */
function isInLocalTime({ options }: Values): boolean {
  return isRecord(options) && options["is_local"] === true;
}

function withClockTime(strategy: Values): Values {
  const { datetime } = strategy;
  return typeof datetime === "string" ? { ...strategy, datetime: clockTimeInUtc(datetime) } : strategy;
}

/** As Klaviyo may give back what was left out. */
function saysNothing(value: unknown): boolean {
  if (isRecord(value)) return Object.values(value).every(saysNothing);
  return value === null || value === undefined || value === false;
}

function isSameList(written: readonly unknown[], read: readonly unknown[]): boolean {
  if (written.length !== read.length) return false;
  const isOfTexts = [...written, ...read].every((item) => typeof item === "string");
  const [a, b] = isOfTexts ? [written.toSorted(), read.toSorted()] : [written, read];
  return a.every((item, index) => isAsWritten(item, b[index]));
}

/** With an offset: without one, Date reads a time in the zone of this process, which has nothing to do with it. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:?\d{2})$/;

function isSameTime(a: string, b: string): boolean {
  return TIME.test(a) && TIME.test(b) && Date.parse(a) === Date.parse(b);
}
