import { FIELDSETS } from "../../rules/fieldsets.js";
import type { ParameterRules } from "../../rules/query.js";

/** What reading messages takes, one or all of a campaign. */
export const MESSAGE_PARAMETERS: ParameterRules = {
  "fields[campaign-message]": FIELDSETS["campaign-message"],
  "fields[campaign]": FIELDSETS.campaign,
  "fields[image]": FIELDSETS.image,
  "fields[template]": FIELDSETS.template,
  include: { kind: "list", values: ["campaign", "image", "template"] },
};
