import { GraphQLDateTime } from "graphql-scalars";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { requiredBoolean, requiredDate, requiredInteger, requiredText } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";

/** A view over Klaviyo's `image` resource. */
@ObjectType("Image", {
  simpleResolvers: true,
  description: "An image that was uploaded to Klaviyo, such as that of a push notification.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("images:read")
export class Image {
  readonly __typename = "Image";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "Klaviyo's id of the image. Opaque." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => String, { description: "The name given to the image in Klaviyo." })
  get name(): string {
    return requiredText(this.resource, "name");
  }

  @Field(() => String, { description: "Where the image can be loaded from." })
  get url(): string {
    return requiredText(this.resource, "image_url");
  }

  @Field(() => String, { description: "The file format in Klaviyo's own word, such as `png`." })
  get format(): string {
    return requiredText(this.resource, "format");
  }

  @Field(() => Int, { description: "How large the file is, in bytes." })
  get sizeBytes(): number {
    return requiredInteger(this.resource, "size");
  }

  @Field(() => Boolean, { description: "Whether the image is left out of the library that users pick from." })
  get hidden(): boolean {
    return requiredBoolean(this.resource, "hidden");
  }

  @Field(() => GraphQLDateTime, { description: "When the image was last changed." })
  get updatedAt(): Date {
    return requiredDate(this.resource, "updated_at");
  }
}
