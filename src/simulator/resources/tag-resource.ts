import type { SeedTag } from "../campaigns/seed-campaign.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { relationship, type Resource, urlOf } from "./document.js";

export function tagResource({ id, name }: SeedTag, call: Call): Resource {
  return {
    type: "tag",
    id,
    attributes: sparse({ name }, listOf(call.query, "fields[tag]")),
    ...(call.revision < "2026-04-15"
      ? {}
      : { relationships: { "tag-group": relationship(call, ["tags", id, "tag-group"]) } }),
    links: { self: urlOf(call, "tags", id) },
  };
}
