import { Directive, Field, ID, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { requiredBoolean, requiredText } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";

/** A view over Klaviyo's `tag-group` resource. */
@ObjectType("TagGroup", {
  simpleResolvers: true,
  description: "A group of tags, such as `Season`. Every tag is in one; the account's default group always exists.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("tags:read")
export class TagGroup {
  readonly __typename = "TagGroup";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "Klaviyo's id of the tag group. Opaque and case-sensitive." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => String, { description: "The name of the group, to be shown above its tags." })
  get name(): string {
    return requiredText(this.resource, "name");
  }

  @Field(() => Boolean, {
    description: "Whether a campaign can carry only one tag of this group: offer a choice of one, not of many.",
  })
  get exclusive(): boolean {
    return requiredBoolean(this.resource, "exclusive");
  }

  @Field(() => Boolean, { description: "Whether it is the account's default group, which cannot be deleted." })
  get isDefault(): boolean {
    return requiredBoolean(this.resource, "default");
  }
}

/** A page as Klaviyo cuts it where no size is asked for: 25 are also the most that it gives. */
@ObjectType("TagGroupPage", { simpleResolvers: true, description: "A page of tag groups, up to 25." })
export class TagGroupPage {
  @Field(() => [TagGroup], { description: "The tag groups." })
  readonly nodes!: readonly TagGroup[];

  @Field(() => String, {
    nullable: true,
    description: "Where the next page begins, for `after`; null on the last one.",
  })
  readonly endCursor!: string | null;
}
