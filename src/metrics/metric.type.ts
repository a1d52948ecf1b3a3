import { GraphQLDateTime } from "graphql-scalars";
import { Directive, Field, ID, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { optionalDate, optionalPart, optionalText } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";

/** A view over Klaviyo's `metric` resource. */
@ObjectType("Metric", {
  simpleResolvers: true,
  description:
    "Something that Klaviyo counts, such as `Placed Order`. Statistics need one that says what a conversion is.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("metrics:read")
export class Metric {
  readonly __typename = "Metric";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "Klaviyo's id of the metric. Opaque and case-sensitive." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => String, { nullable: true, description: "Its name, as Klaviyo shows it." })
  get name(): string | null {
    return optionalText(this.resource, "name");
  }

  @Field(() => String, {
    nullable: true,
    description: "The name of the integration that it comes from, such as `Shopify`.",
  })
  get integrationName(): string | null {
    const integration = optionalPart(this.resource, "integration");
    return integration && optionalText(integration, "name");
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was created." })
  get createdAt(): Date | null {
    return optionalDate(this.resource, "created");
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was last changed." })
  get updatedAt(): Date | null {
    return optionalDate(this.resource, "updated");
  }
}

/** A page as Klaviyo cuts it: this list takes no size. */
@ObjectType("MetricPage", { simpleResolvers: true, description: "A page of metrics, up to 200." })
export class MetricPage {
  @Field(() => [Metric], { description: "The metrics." })
  readonly nodes!: readonly Metric[];

  @Field(() => String, {
    nullable: true,
    description: "Where the next page begins, for `after`; null on the last one.",
  })
  readonly endCursor!: string | null;
}
