import type { SeedTag } from "../../campaigns/seed-campaign.js";
import type { FilterRule } from "../../filters/filter-rule.js";
import type { Call } from "../../route.js";
import type { RateLimit } from "../../rules/rate-limits.js";
import { found } from "../found.js";

/** Everything about tags is slower than the rest. */
export const TAG_LIMIT: RateLimit = { burst: 3, steady: 60 };

export const TAG_NAME: FilterRule = {
  single: ["contains", "ends-with", "equals", "starts-with"],
  list: ["equals"],
  value: "string",
};

export function findTag(call: Call): SeedTag {
  return found(call.account.tags.get(call.id), "tag", call.id);
}
