/** What the upstream says of every campaign; ids alone differ, so that any answer can be told from its request. */
export const NAME = "Autumn sale, second reminder";
export const STATUS = { klaviyo: "Sending", graph: "SENDING" } as const;
export const CREATED_AT = "2026-09-14T08:30:00+00:00";
export const CREATED_AT_IN_GRAPH = "2026-09-14T08:30:00.000Z";
export const LABEL = "Variation A";
export const TAGS = [
  { id: "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01", name: "Season" },
  { id: "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d02", name: "Reminder" },
] as const;

/** As long as Klaviyo's own. All are equally long, so that a request can be written without counting. */
export function idOf(kind: "R" | "P" | "C" | "E", index: number): string {
  return `01JBENCH${kind}${String(index).padStart(17, "0")}`;
}

export function messageIdOf(campaignId: string): string {
  return `${campaignId.slice(0, 8)}M${campaignId.slice(9)}`;
}

/** The campaigns of each page, in order. */
export function pageIds(size: number): readonly string[] {
  return Array.from({ length: size }, (_, index) => idOf("P", index));
}
