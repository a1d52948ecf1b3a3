import { expect, test } from "@jest/globals";
import { readKept } from "../../src/sharing/kept-value.js";

test("a value's age is what it no longer has of its time", () => {
  expect(readKept('{"a":1}', 700, 1_000)).toEqual({ value: { a: 1 }, ageMs: 300 });
});

test("a null that was kept is a value", () => {
  expect(readKept("null", 1_000, 1_000)).toEqual({ value: null, ageMs: 0 });
});

test.each([
  ["that is not there", "", -2],
  ["that never expires", "1", -1],
  ["whose time has come", "1", 0],
  ["that has more left than any is given", "1", 1_001],
  ["that is no JSON", "{", 500],
  ["that is no text", 1, 500],
  ["whose time is no number", "1", "500"],
])("a value %s is nothing", (_, text, leftMs) => {
  expect(readKept(text, leftMs, 1_000)).toBeUndefined();
});
