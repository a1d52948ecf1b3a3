/** What of Klaviyo's is not in the graph, on purpose. */
export interface Omission {
  readonly omitted: string;
}

export function omitted(reason: string): Omission {
  return { omitted: reason };
}

export function isOmission(value: object | string): value is Omission {
  return typeof value === "object" && "omitted" in value;
}
