/** Left out stays left out, and null stays null: they mean different things to an update. */
export function nullOr<T, U>(value: T | null | undefined, convert: (value: T) => U): U | null | undefined {
  return value === null || value === undefined ? (value as null | undefined) : convert(value);
}
