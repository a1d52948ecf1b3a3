import { singleAnswer } from "../../resources/document.js";
import { templateResource } from "../../resources/template-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { found } from "../found.js";

/** Also answers for the copies that messages have, which no list shows. */
export const getTemplate: Route = {
  operation: "get_template",
  method: "GET",
  path: "/api/templates/{id}",
  since: "2023-02-22",
  scopes: ["templates:read"],
  limit: { burst: 75, steady: 750 },
  parameters: {
    "additional-fields[template]": { kind: "list", values: ["definition"] },
    "fields[template]": FIELDSETS["template-with-definition"],
  },
  handle: (call) => {
    const template = found(call.account.template(call.id), "template", call.id);
    return singleAnswer(call, 200, templateResource(template, call));
  },
};
