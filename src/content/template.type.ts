import { GraphQLDateTime } from "graphql-scalars";
import { Directive, Field, ID, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { optionalDate, optionalText, requiredText } from "../klaviyo/attributes.js";
import type { Resource } from "../klaviyo/json-api.js";
import { TemplateEditorType, templateEditorTypeOf } from "./template-editor-type.enum.js";

/** A view over Klaviyo's `template` resource. */
@ObjectType("Template", {
  simpleResolvers: true,
  description:
    "What an e-mail looks like. A message has a copy of its own: changes to the template in the library do not reach it.",
})
@Directive('@key(fields: "id")')
@RequiresScopes("templates:read")
export class Template {
  readonly __typename = "Template";

  constructor(private readonly resource: Resource) {}

  @Field(() => ID, { description: "Klaviyo's id of the template. Opaque and case-sensitive." })
  get id(): string {
    return this.resource.id;
  }

  @Field(() => String, { description: "The name given to the template in Klaviyo. Recipients do not see it." })
  get name(): string {
    return requiredText(this.resource, "name");
  }

  @Field(() => TemplateEditorType, { description: "With what the template was made." })
  get editorType(): TemplateEditorType {
    return templateEditorTypeOf(this.editorTypeText);
  }

  @Field(() => String, { description: "The editor in Klaviyo's own word; for people, not for comparisons." })
  get editorTypeText(): string {
    return requiredText(this.resource, "editor_type");
  }

  @Field(() => String, {
    description:
      "The rendered HTML, often 100 KB and more: do not ask for it in lists. Show it in a sandboxed frame only, since it is " +
      "whatever somebody typed into Klaviyo.",
  })
  get html(): string {
    return requiredText(this.resource, "html");
  }

  @Field(() => String, { nullable: true, description: "The plain text version. Null if there is none." })
  get text(): string | null {
    return optionalText(this.resource, "text");
  }

  @Field(() => String, { nullable: true, description: "The AMP version. Null if there is none." })
  get amp(): string | null {
    return optionalText(this.resource, "amp");
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the template was created. Null where Klaviyo does not say.",
  })
  get createdAt(): Date | null {
    return optionalDate(this.resource, "created");
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the template was last changed. Null where Klaviyo does not say.",
  })
  get updatedAt(): Date | null {
    return optionalDate(this.resource, "updated");
  }
}
