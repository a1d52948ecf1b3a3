import { any, compare, type Comparison, contains, equals } from "../klaviyo/filter.js";
import type { CampaignFilterInput, DateTimeRangeInput } from "./campaign-filter.input.js";
import { CAMPAIGN_STATUSES } from "./campaign-status.enum.js";

/**
 * The clauses of Klaviyo's filter for what a client asked for. Whether archived campaigns are listed is always said, since nothing
 * says what Klaviyo does when it is not.
 */
export function campaignFilterClauses(filter: CampaignFilterInput | null | undefined): readonly string[] {
  const { statuses, nameContains, archived, createdAt, scheduledAt, updatedAt, ids } = filter ?? {};
  return [
    equals("archived", archived ?? false),
    ...(statuses ? [statusClause(statuses.map((status) => CAMPAIGN_STATUSES[status].wording))] : []),
    ...(nameContains ? [contains("name", nameContains)] : []),
    ...rangeClauses("created_at", createdAt),
    ...rangeClauses("scheduled_at", scheduledAt),
    ...rangeClauses("updated_at", updatedAt),
    ...(ids ? [any("id", ids)] : []),
  ];
}

function statusClause(wordings: readonly string[]): string {
  const [only] = wordings;
  return wordings.length === 1 && only !== undefined ? equals("status", only) : any("status", wordings);
}

const COMPARISONS: readonly (readonly [keyof DateTimeRangeInput, Comparison])[] = [
  ["after", "greater-than"],
  ["from", "greater-or-equal"],
  ["before", "less-than"],
  ["until", "less-or-equal"],
];

function rangeClauses(field: string, range: DateTimeRangeInput | null | undefined): readonly string[] {
  return COMPARISONS.flatMap(([bound, comparison]) => {
    const time = range?.[bound];
    return time ? [compare(comparison, field, time)] : [];
  });
}
