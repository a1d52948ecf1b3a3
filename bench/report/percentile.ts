/** The value below or at which so many of them are (0 to 1), by nearest rank; undefined of none. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export function medianOf(values: readonly number[]): number | undefined {
  return percentile(values, 0.5);
}
