import type { SeedTag } from "../campaigns/seed-campaign.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { relationship, type Resource, urlOf } from "./document.js";

export function tagResource(tag: SeedTag, call: Call): Resource {
  const { id, name } = tag;
  const group = call.account.groupOf(tag);
  const isIncluded = listOf(call.query, "include")?.includes("tag-group") ?? false;
  const linkage = isIncluded && group !== undefined ? { type: "tag-group", id: group.id } : undefined;
  return {
    type: "tag",
    id,
    attributes: sparse({ name }, listOf(call.query, "fields[tag]")),
    relationships: { "tag-group": relationship(call, ["tags", id, "tag-group"], linkage) },
    links: { self: urlOf(call, "tags", id) },
  };
}
