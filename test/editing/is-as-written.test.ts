import { expect, test } from "@jest/globals";
import { isAsWritten } from "../../src/editing/is-as-written.js";

const CLOCK_TIME = "2026-12-24T18:00:00";

/** All whole hours that a process' own zone may be away from UTC: what depends on it is the same as one of them. */
const OFFSETS = Array.from({ length: 27 }, (_, n) => n - 12).map((hours) =>
  hours === 0 ? "Z" : `${hours < 0 ? "-" : "+"}${String(Math.abs(hours)).padStart(2, "0")}:00`,
);

const strategy = (datetime: string, isLocal: boolean) => ({
  send_strategy: { method: "static", datetime, options: { is_local: isLocal } },
});

/** The offsets with which a time that was written is the same as what Klaviyo gives back. */
function sameOffsets(read: string, isLocal: boolean): readonly string[] {
  return OFFSETS.filter((offset) => isAsWritten(strategy(`${CLOCK_TIME}${offset}`, isLocal), strategy(read, isLocal)));
}

test("a time is the same in another zone, and with more digits", () => {
  const written = strategy("2026-12-24T18:00:00.000Z", false);
  expect(isAsWritten(written, strategy("2026-12-24T19:00:00+01:00", false))).toBe(true);
  expect(isAsWritten(written, strategy("2026-12-24T18:00:00.000000+00:00", false))).toBe(true);
  expect(isAsWritten(written, strategy("2026-12-24T18:00:00+01:00", false))).toBe(false);
});

test("a time without an offset is in doubt, wherever the process runs", () => {
  expect(sameOffsets(CLOCK_TIME, false)).toEqual([]);
});

test("a time in each recipient's own zone is a clock time, written as if it were UTC", () => {
  expect(sameOffsets(CLOCK_TIME, true)).toEqual(["Z"]);
  expect(sameOffsets(`${CLOCK_TIME}+00:00`, true)).toEqual(["Z"]);
});

test("a text that only begins like a time is a text", () => {
  expect(isAsWritten({ name: `${CLOCK_TIME}Z (1)` }, { name: `${CLOCK_TIME}.000Z (1)` })).toBe(false);
});
