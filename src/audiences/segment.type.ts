import { GraphQLDateTime } from "graphql-scalars";
import { Directive, Field, ID, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { optionalDate, optionalText, requiredBoolean } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";

/**
 * A view over Klaviyo's `segment` resource. Its `definition` is left out: a tree of conditions of a hundred kinds, which Klaviyo
 * grows without notice, and which says how a segment is kept and not to whom a campaign goes.
 */
@ObjectType("Segment", {
  simpleResolvers: true,
  description:
    "People who fulfil a set of conditions; who is in it changes by itself. The conditions are not part of this graph: they " +
    "are edited in Klaviyo.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("segments:read")
export class Segment {
  readonly __typename = "Segment";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "Klaviyo's id of the segment. Opaque and case-sensitive." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => String, {
    nullable: true,
    description: "The name given to the segment in Klaviyo. Null if it has none.",
  })
  get name(): string | null {
    return optionalText(this.resource, "name");
  }

  @Field(() => Boolean, {
    description: "Whether it is kept up to date. Who is in an inactive segment no longer changes.",
  })
  get isActive(): boolean {
    return requiredBoolean(this.resource, "is_active");
  }

  @Field(() => Boolean, { description: "Whether Klaviyo is working out right now who is in it: counts may be off." })
  get isProcessing(): boolean {
    return requiredBoolean(this.resource, "is_processing");
  }

  @Field(() => Boolean, { description: "Whether somebody starred it in Klaviyo." })
  get isStarred(): boolean {
    return requiredBoolean(this.resource, "is_starred");
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the segment was created. Null where Klaviyo does not say.",
  })
  get createdAt(): Date | null {
    return optionalDate(this.resource, "created");
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the segment was last changed. Null where Klaviyo does not say.",
  })
  get updatedAt(): Date | null {
    return optionalDate(this.resource, "updated");
  }
}
