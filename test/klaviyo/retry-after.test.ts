import { expect, test } from "@jest/globals";
import { parseRetryAfterMs } from "../../src/klaviyo/retry-after.js";

const NOON = "Mon, 23 Nov 2026 12:00:00 GMT";
const NOTHING = { header: undefined, dateHeader: undefined, detail: undefined, wallMs: Date.parse(NOON) };

test.each([
  ["seconds", "7", 7_000],
  ["no seconds at all", "0", 0],
  ["fractions, rounded up", "0.0015", 2],
  ["an absurd number, as a day", "99999999999999999999", 86_400_000],
  ["a date, by our clock", "Mon, 23 Nov 2026 12:00:30 GMT", 30_000],
  ["a date that has passed", "Mon, 23 Nov 2026 11:00:00 GMT", 0],
  ["blanks around it", "  7 ", 7_000],
  ["a negative number", "-7", undefined],
  ["words", "soon", undefined],
  ["nothing", "", undefined],
  ["a bare year", "2027-01-01", undefined],
  ["hexadecimal", "0x10", undefined],
  ["Infinity", "Infinity", undefined],
])("reads %s", (_name, header, expected) => {
  expect(parseRetryAfterMs({ ...NOTHING, header })).toBe(expected);
});

test("measures a date against the answer's own Date, so that our clock may be wrong", () => {
  const sources = { header: "Mon, 23 Nov 2026 12:00:30 GMT", dateHeader: NOON, detail: undefined, wallMs: 0 };
  expect(parseRetryAfterMs(sources)).toBe(30_000);
});

test.each([
  ["Request was throttled. Expected available in 1 second.", 1_000],
  ["Request was throttled. Expected available in 12 seconds.", 12_000],
  ["Request was throttled. Expected available in 0 seconds.", 0],
  ["Request was throttled.", undefined],
  [undefined, undefined],
])("reads the text %j when there is no header", (detail, expected) => {
  expect(parseRetryAfterMs({ ...NOTHING, detail })).toBe(expected);
});

test("takes the header before the text", () => {
  const detail = "Expected available in 9 seconds.";
  expect(parseRetryAfterMs({ ...NOTHING, header: "2", detail })).toBe(2_000);
});
