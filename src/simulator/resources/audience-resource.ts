import { profileCountOf } from "../account/account.js";
import type { SeedAudience, SeedList, SeedSegment } from "../account/seed-account.js";
import type { JsonObject } from "../json.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { DEFAULT_CREATED, isoDateTime, relationship, type Resource, urlOf } from "./document.js";

export function listResource(list: SeedList, call: Call): Resource {
  return audienceResource("list", list, { opt_in_process: list.optInProcess ?? "single_opt_in" }, call);
}

export function segmentResource(segment: SeedSegment, call: Call): Resource {
  const own = {
    definition: segment.definition ?? { condition_groups: [] },
    is_active: segment.isActive ?? true,
    is_processing: segment.isProcessing ?? false,
    is_starred: segment.isStarred ?? false,
  };
  return audienceResource("segment", segment, own, call);
}

function audienceResource(type: "list" | "segment", audience: SeedAudience, own: JsonObject, call: Call): Resource {
  const { id, name = `Audience ${id}`, created = DEFAULT_CREATED, updated = created } = audience;
  const isCounted = call.query.has(`additional-fields[${type}]`);
  const attributes = {
    name,
    created: isoDateTime(created),
    updated: isoDateTime(updated),
    ...own,
    ...(isCounted && { profile_count: profileCountOf(audience) }),
  };
  return {
    type,
    id,
    attributes: sparse(attributes, fieldsOf(type, isCounted, call)),
    relationships: relationshipsOf(`${type}s`, audience, call),
    links: { self: urlOf(call, `${type}s`, id) },
  };
}

/** A31: an additional field is answered even when the fieldset does not repeat it. */
function fieldsOf(type: string, isCounted: boolean, call: Call): readonly string[] | undefined {
  const fields = listOf(call.query, `fields[${type}]`);
  return fields && isCounted ? [...fields, "profile_count"] : fields;
}

function relationshipsOf(collection: string, { id, tagIds = [] }: SeedAudience, call: Call): JsonObject {
  const included = listOf(call.query, "include") ?? [];
  const tags = tagIds.map((tagId) => ({ type: "tag", id: tagId }));
  const to = (name: string, data: readonly unknown[]) => ({
    [name]: relationship(call, [collection, id, name], included.includes(name) ? data : undefined),
  });
  return { ...to("profiles", []), ...to("tags", tags), ...to("flow-triggers", []) };
}
