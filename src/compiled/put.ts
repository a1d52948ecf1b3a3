import type { Complete, Run } from "./run.js";

/** An object of the answer. */
export type Target = Record<string, unknown>;

/** Puts the value into its place: at once, or when it is there. The place is taken at once, for places have an order. */
export function put(target: Target, key: string, value: unknown, complete: Complete, run: Run): void {
  if (!isPromise(value)) return void (target[key] = complete(value, run));
  target[key] = null;
  run.await(value, (settled) => void (target[key] = complete(settled, run)));
}

export function completeList(complete: Complete): Complete {
  return (items, run) => {
    if (!Array.isArray(items)) return run.leave();
    // As long as it will be: one that grows from nothing begins with room for seventeen, and most lists below a page have one or two.
    const list: unknown[] = items.slice();
    for (let index = 0; index < items.length; index++) {
      const item: unknown = items[index];
      if (isPromise(item)) {
        list[index] = null;
        run.await(item, (settled) => void (list[index] = complete(settled, run)));
      } else list[index] = complete(item, run);
    }
    return list;
  };
}

/** What graphql-js' own resolver would give, where that is a property's value. */
export function propertyOf(source: unknown, name: string, run: Run): unknown {
  const value = typeof source === "object" && source !== null ? (source as Target)[name] : undefined;
  return typeof value === "function" ? run.leave() : value;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as Target)["then"] === "function";
}
