import type { SeedTag } from "../campaigns/seed-campaign.js";
import type { NewIds } from "../new-ids.js";
import { DEFAULT_ACCOUNT } from "./default-account.js";
import type {
  SeedAccount,
  SeedAudience,
  SeedImage,
  SeedList,
  SeedMetric,
  SeedSegment,
  SeedTagGroup,
  SeedTemplate,
} from "./seed-account.js";

const DEFAULT_PROFILE_COUNT = 1_000;

interface Item {
  readonly id: string;
}

type ById<T> = ReadonlyMap<string, T>;

/** What the one account holds beside campaigns. Only tags and templates are ever added to. */
export class Account {
  readonly lists: ById<SeedList>;
  readonly segments: ById<SeedSegment>;
  readonly images: ById<SeedImage>;
  readonly metrics: ById<SeedMetric>;
  readonly tagGroups: ById<SeedTagGroup>;
  readonly #tags: Map<string, SeedTag>;
  readonly #library: ById<SeedTemplate>;
  readonly #copies = new Map<string, SeedTemplate>();
  readonly #ids: NewIds;

  constructor(seed: SeedAccount, ids: NewIds) {
    const whole = { ...DEFAULT_ACCOUNT, ...seed };
    this.#ids = ids;
    this.lists = byId(whole.lists);
    this.segments = byId(whole.segments);
    this.images = byId(whole.images);
    this.metrics = byId(whole.metrics);
    this.tagGroups = byId(withDefaultGroup(whole.tagGroups));
    this.#tags = byId(whole.tags);
    this.#library = byId(whole.templates);
  }

  get tags(): ById<SeedTag> {
    return this.#tags;
  }

  /** The templates that a list shows. A27: copies that were made for messages are not among them, not even by id. */
  get library(): ById<SeedTemplate> {
    return this.#library;
  }

  /** A template of the library, or a copy. */
  template(id: string): SeedTemplate | undefined {
    return this.#library.get(id) ?? this.#copies.get(id);
  }

  /** A tag that only a campaign speaks of is a tag of the account all the same. */
  meetTags(tags: readonly SeedTag[]): void {
    for (const tag of tags) if (!this.#tags.has(tag.id)) this.#tags.set(tag.id, tag);
  }

  groupOf(tag: SeedTag): SeedTagGroup | undefined {
    if (tag.groupId !== undefined) return this.tagGroups.get(tag.groupId);
    return [...this.tagGroups.values()].find((group) => group.isDefault === true);
  }

  /** Makes the non-reusable version of a template that a message gets, and returns its id. */
  copyTemplate(template: SeedTemplate, nowMs: number): string {
    const id = this.#ids.short((taken) => this.template(taken) !== undefined);
    const now = new Date(nowMs).toISOString();
    this.#copies.set(id, { ...template, id, created: now, updated: now });
    return id;
  }

  audience(id: string): SeedAudience | undefined {
    return this.lists.get(id) ?? this.segments.get(id);
  }

  /** A28: the members of the included audiences less those of the excluded ones, as if no two overlapped. */
  membersOf(included: readonly string[], excluded: readonly string[]): number {
    const count = (ids: readonly string[]) => ids.reduce((sum, id) => sum + profileCountOf(this.audience(id)), 0);
    return Math.max(0, count(included) - count(excluded));
  }
}

/** An audience that the account does not know has no members. */
export function profileCountOf(audience: SeedAudience | undefined): number {
  return audience === undefined ? 0 : (audience.profileCount ?? DEFAULT_PROFILE_COUNT);
}

/** Every account has a default tag group. */
function withDefaultGroup(groups: readonly SeedTagGroup[]): readonly SeedTagGroup[] {
  if (groups.some((group) => group.isDefault === true)) return groups;
  return [...groups, ...DEFAULT_ACCOUNT.tagGroups.filter((group) => group.isDefault === true)];
}

function byId<T extends Item>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
