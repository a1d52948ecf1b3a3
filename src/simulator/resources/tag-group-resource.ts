import type { SeedTagGroup } from "../account/seed-account.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { relationship, type Resource, urlOf } from "./document.js";

export function tagGroupResource(
  { id, name, exclusive = false, isDefault = false }: SeedTagGroup,
  call: Call,
): Resource {
  return {
    type: "tag-group",
    id,
    attributes: sparse({ name, exclusive, default: isDefault }, listOf(call.query, "fields[tag-group]")),
    relationships: { tags: relationship(call, ["tag-groups", id, "tags"]) },
    links: { self: urlOf(call, "tag-groups", id) },
  };
}
