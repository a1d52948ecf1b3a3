import type { SeedTag } from "../campaigns/seed-campaign.js";
import type { JsonObject } from "../json.js";

/** What the account holds beside campaigns. What is left out has small defaults (default-account.ts); `[]` means none. */
export interface SeedAccount {
  readonly lists?: readonly SeedList[];
  readonly segments?: readonly SeedSegment[];
  readonly tags?: readonly SeedTag[];
  readonly tagGroups?: readonly SeedTagGroup[];
  readonly templates?: readonly SeedTemplate[];
  readonly images?: readonly SeedImage[];
  readonly metrics?: readonly SeedMetric[];
}

/** What lists and segments share: campaigns are sent to either, and say only the id. */
export interface SeedAudience {
  readonly id: string;
  readonly name?: string;
  /** ISO 8601. */
  readonly created?: string;
  /** ISO 8601. */
  readonly updated?: string;
  /** Default 1000. */
  readonly profileCount?: number;
  readonly tagIds?: readonly string[];
}

export interface SeedList extends SeedAudience {
  readonly optInProcess?: "double_opt_in" | "single_opt_in";
}

export interface SeedSegment extends SeedAudience {
  /** As Klaviyo spells it. Default: no condition at all. */
  readonly definition?: JsonObject;
  readonly isActive?: boolean;
  readonly isProcessing?: boolean;
  readonly isStarred?: boolean;
}

export interface SeedTagGroup {
  readonly id: string;
  readonly name: string;
  readonly exclusive?: boolean;
  /** Every account has exactly one default group; a tag without a `groupId` is in it. */
  readonly isDefault?: boolean;
}

export interface SeedTemplate {
  /** Klaviyo's have six characters. */
  readonly id: string;
  readonly name?: string;
  readonly editorType?: "SYSTEM_DRAGGABLE" | "SIMPLE" | "CODE" | "USER_DRAGGABLE";
  readonly html?: string;
  readonly text?: string | null;
  readonly amp?: string | null;
  /** Of a drag-and-drop template, as Klaviyo spells it. */
  readonly definition?: JsonObject;
  readonly created?: string;
  readonly updated?: string;
}

export interface SeedImage {
  /** Klaviyo's are numbers. */
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
  readonly format?: string;
  readonly sizeBytes?: number;
  readonly hidden?: boolean;
  readonly updatedAt?: string;
}

export interface SeedMetric {
  readonly id: string;
  readonly name?: string;
  /** As Klaviyo spells it; filters look at its `name` and `category`. */
  readonly integration?: JsonObject | null;
  readonly created?: string;
  readonly updated?: string;
}
