import type { SeedTemplate } from "../account/seed-account.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { DEFAULT_CREATED, isoDateTime, type Resource, urlOf } from "./document.js";

export function templateResource(template: SeedTemplate, call: Call): Resource {
  const { id, name = `Template ${id}`, editorType = "CODE", html = "", text = null, amp = null } = template;
  const { created = DEFAULT_CREATED, updated = created, definition } = template;
  const isWhole = call.query.has("additional-fields[template]");
  const attributes = {
    name,
    editor_type: editorType,
    html,
    text,
    amp,
    created: isoDateTime(created),
    updated: isoDateTime(updated),
    // Left out for templates of the other editors.
    ...(isWhole && definition !== undefined && { definition }),
  };
  const fields = listOf(call.query, "fields[template]");
  return {
    type: "template",
    id,
    attributes: sparse(attributes, fields && isWhole ? [...fields, "definition"] : fields),
    links: { self: urlOf(call, "templates", id) },
  };
}
