import { Directive, Field, ID, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { requiredText } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";
import { relatedResources } from "../klaviyo/related-resources.js";
import { TagGroup } from "./tag-group.type.js";

/** A view over Klaviyo's `tag` resource. */
@ObjectType("Tag", {
  simpleResolvers: true,
  description: "A label that people put on campaigns to find them again. A campaign has at most 100.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("tags:read")
export class Tag {
  readonly __typename = "Tag";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "Klaviyo's id of the tag. Opaque and case-sensitive." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => String, { description: "What the label says." })
  get name(): string {
    return requiredText(this.resource, "name");
  }

  /** The group that came along with the tag: null if it has none, undefined if the document does not say. */
  includedGroup(): TagGroup | null | undefined {
    const related = relatedResources(this.resource, "tag-group", "tag-group");
    if (related === undefined) return undefined;
    const [group] = related;
    return group ? new TagGroup(group) : null;
  }
}
