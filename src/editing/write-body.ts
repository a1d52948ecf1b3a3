import { isRecord } from "../json/is-record.js";

/**
 * A request's body that remembers where its values come from: any value in it may stand in a {@link Sourced}. Klaviyo names what it
 * refuses by a pointer into the body; {@link pathOf} turns that into the path of our own argument.
 */
export interface Sourced {
  readonly [SOURCE]: string;
  readonly value: unknown;
}

const SOURCE: unique symbol = Symbol("source");

/** @param path the argument behind the value, relative to that of the nearest enclosing one */
export function from(path: string, value: unknown): Sourced | undefined {
  return value === undefined ? undefined : { [SOURCE]: path, value };
}

/** The body as it is written: without the sources, and without what was left out. */
export function toWire(body: object): object {
  return Object(plain(body));
}

function plain(tree: unknown): unknown {
  if (isSourced(tree)) return plain(tree.value);
  if (Array.isArray(tree)) return tree.map(plain);
  if (!isRecord(tree)) return tree;
  const present = Object.entries(tree).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([key, value]) => [key, plain(value)]));
}

/** The path of the argument that the pointer leads to, or of the nearest around it; undefined where there is none. */
export function pathOf(tree: unknown, pointer: string): string | undefined {
  const path: string[] = [];
  let node = tree;
  for (const segment of ["", ...pointer.split("/").slice(1)]) {
    const inner = stepInto(node, segment);
    node = inner;
    while (isSourced(node)) {
      path.push(node[SOURCE]);
      node = node.value;
    }
    if (node === undefined) break;
  }
  return path.length > 0 ? path.join(".") : undefined;
}

function stepInto(node: unknown, segment: string): unknown {
  if (segment === "") return node;
  if (Array.isArray(node)) return /^\d{1,4}$/.test(segment) ? node[Number(segment)] : undefined;
  return isRecord(node) && Object.hasOwn(node, segment) ? node[segment] : undefined;
}

function isSourced(value: unknown): value is Sourced {
  return typeof value === "object" && value !== null && SOURCE in value;
}
