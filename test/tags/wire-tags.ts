import type { WireResource } from "../support/answers.js";

export const SEASON: WireResource = {
  type: "tag-group",
  id: "G1",
  attributes: { name: "Season", exclusive: true, default: false },
};

/** A tag as Klaviyo sends it when its group was included. */
export function tag(id: string, groupId: string | null = "G1", attributes: object = {}): WireResource {
  const data = groupId === null ? null : { type: "tag-group", id: groupId };
  return { type: "tag", id, attributes, relationships: { "tag-group": { data } } };
}
