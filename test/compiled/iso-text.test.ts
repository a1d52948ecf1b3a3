import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { isoTextOf } from "../../src/compiled/iso-text.js";

test("a date is written as Date itself writes it, in every year that there is", () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      expect(isoTextOf(date)).toBe(date.toISOString());
    }),
  );
});

test("so are the ends of days, years and time", () => {
  const dates = ["0000-01-01", "1969-12-31T23:59:59.999Z", "2024-02-29T23:59:59.999Z", "2026-12-31T23:59:59.999Z"];
  for (const date of [...dates.map((text) => new Date(text)), new Date(8.64e15), new Date(-8.64e15), new Date(0)])
    expect(isoTextOf(date)).toBe(date.toISOString());
});

test("a date that is none has no text", () => {
  expect(() => isoTextOf(new Date(Number.NaN))).toThrow(RangeError);
});
