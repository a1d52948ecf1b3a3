import { GraphQLDateTime } from "graphql-scalars";
import { Directive, Field, ID, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { optionalDate, optionalText } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";
import { ListOptInProcess, listOptInProcessOf } from "./list-opt-in-process.enum.js";

/** A view over Klaviyo's `list` resource. */
@ObjectType("List", {
  simpleResolvers: true,
  description: "A list of people, who are on it because they signed up or were put there.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("lists:read")
export class List {
  readonly __typename = "List";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "Klaviyo's id of the list. Opaque and case-sensitive." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => String, { nullable: true, description: "The name given to the list in Klaviyo. Null if it has none." })
  get name(): string | null {
    return optionalText(this.resource, "name");
  }

  @Field(() => ListOptInProcess, {
    nullable: true,
    description: "How people get on the list. Null where Klaviyo does not say.",
  })
  get optInProcess(): ListOptInProcess | null {
    const wording = this.optInProcessText;
    return wording === null ? null : listOptInProcessOf(wording);
  }

  @Field(() => String, {
    nullable: true,
    description: "`optInProcess` in Klaviyo's own wording, verbatim; for people, not for comparisons.",
  })
  get optInProcessText(): string | null {
    return optionalText(this.resource, "opt_in_process");
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the list was created. Null where Klaviyo does not say.",
  })
  get createdAt(): Date | null {
    return optionalDate(this.resource, "created");
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the list was last changed. Null where Klaviyo does not say.",
  })
  get updatedAt(): Date | null {
    return optionalDate(this.resource, "updated");
  }
}
