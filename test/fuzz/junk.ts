import fc from "fast-check";
import type { Json } from "../properties/arbitrary-of.js";
import type { Draw } from "./draw.js";

const nest = (levels: number): Json => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`) as Json;

/** Texts that mean something to somebody on their way. */
export const TEXTS: readonly string[] = [
  "",
  " ",
  "A\0",
  "A\r\nX: 1",
  "../lists",
  "..%2f",
  "\uD800",
  "\u202EA",
  "\uFEFF",
  "__proto__",
  "constructor",
  "toString",
  '"],("',
  "9".repeat(400),
  "A".repeat(5_000),
  "2026-02-30T25:61:00Z",
  "+275760-09-13T00:00:00.001Z",
  "https://[::1",
];

const ODD: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  -5e-324,
  [],
  {},
  [null],
  [[]],
  nest(3_000),
  JSON.parse(`{"__proto__":{"id":"A"},"toString":1,"valueOf":null,"toJSON":2,"then":3}`) as Json,
];

const ANY = fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>);

const any = (): fc.Arbitrary<Json> => ANY;

/**
 * Any JSON, or one of the values that have broken things before. Those are drawn by their place, for fast-check itself cannot look at
 * all of them.
 */
export function junkOf(draw: Draw): Json {
  return draw.oneIn(3) ? draw.from(any) : draw.pick([...ODD, ...TEXTS]);
}
