import { invalidParameter } from "../http/api-error.js";

/** What decides the place of an item: the value that is sorted by, and the id for ties. */
export type SortKey = readonly [value: string, id: string];

export interface PageRequest<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => SortKey;
  readonly isDescending: boolean;
  readonly size: number;
  readonly cursor: string | undefined;
  /** The parameter that the cursor came in. */
  readonly cursorName?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | undefined;
  readonly prevCursor: string | undefined;
}

/** Cuts a page by key, not by number: what is added or removed elsewhere moves no item to another page. */
export function keysetPage<T>(request: PageRequest<T>): Page<T> {
  const { keyOf, size } = request;
  const order = (a: SortKey, b: SortKey) => (request.isDescending ? compareKeys(b, a) : compareKeys(a, b));
  const sorted = request.items.toSorted((a, b) => order(keyOf(a), keyOf(b)));
  const start = startOf(request, sorted, order);
  const items = sorted.slice(start, start + size);
  const [first, last] = [items[0], items.at(-1)];
  return {
    items,
    nextCursor: last && start + size < sorted.length ? encodeCursor("after", keyOf(last)) : undefined,
    prevCursor: first && start > 0 ? encodeCursor("before", keyOf(first)) : undefined,
  };
}

type Order = (a: SortKey, b: SortKey) => number;

function startOf<T>({ cursor, cursorName, keyOf, size }: PageRequest<T>, sorted: readonly T[], order: Order): number {
  if (cursor === undefined) return 0;
  const { side, key } = decodeCursor(cursor, cursorName);
  if (side === "after") return sorted.filter((item) => order(keyOf(item), key) <= 0).length;
  return Math.max(0, sorted.filter((item) => order(keyOf(item), key) < 0).length - size);
}

function compareKeys(a: SortKey, b: SortKey): number {
  return compareText(a[0], b[0]) || compareText(a[1], b[1]);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

type Side = "after" | "before";

function encodeCursor(side: Side, key: SortKey): string {
  return Buffer.from(JSON.stringify([side, ...key])).toString("base64url");
}

/** A14: a cursor is a place in the order and nothing else; it is not tied to the filter it came from. */
function decodeCursor(cursor: string, name = "page[cursor]"): { readonly side: Side; readonly key: SortKey } {
  const [side, value, id] = parseCursor(cursor);
  if ((side === "after" || side === "before") && typeof value === "string" && typeof id === "string") {
    return { side, key: [value, id] };
  }
  throw invalidParameter(name, "Invalid cursor.");
}

function parseCursor(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
