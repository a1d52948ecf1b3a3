import type { Json, JsonObject } from "../properties/arbitrary-of.js";
import type { Draw } from "./draw.js";
import { junkOf } from "./junk.js";

/** The same value, in which one place, however deep, is something else, is not there, or is there twice. */
export function alterJson(draw: Draw, value: Json): Json {
  const keys = keysOf(value);
  if (keys.length === 0 || draw.oneIn(8)) return junkOf(draw);
  const key = draw.pick(keys);
  const rest = entriesOf(value).filter(([name]) => name !== key);
  const inner = entriesOf(value).find(([name]) => name === key)?.[1] ?? null;
  switch (draw.below(8)) {
    case 0:
      return made(value, [...rest]);
    case 1:
      return made(value, [...entriesOf(value), [`${key}${key}`, inner]]);
    case 2:
      return made(value, [...entriesOf(value), ["new", junkOf(draw)]]);
    default:
      return made(
        value,
        entriesOf(value).map(([name, item]) => [name, name === key ? alterJson(draw, item) : item]),
      );
  }
}

type Entry = readonly [name: string, value: Json];

function entriesOf(value: Json): readonly Entry[] {
  return typeof value === "object" && value !== null ? Object.entries(value as JsonObject) : [];
}

function keysOf(value: Json): readonly string[] {
  return entriesOf(value).map(([name]) => name);
}

function made(like: Json, entries: readonly Entry[]): Json {
  return Array.isArray(like) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
