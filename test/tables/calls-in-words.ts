/** Such as `PATCH, 2 GET`. */
export function callsInWords(methods: readonly string[]): string {
  return [...Map.groupBy(methods, (method) => method)]
    .map(([method, { length }]) => (length === 1 ? method : `${length} ${method}`))
    .join(", ");
}
