import { Field, ObjectType } from "type-graphql";
import { type Attributed, optionalBoolean, optionalPart, optionalText } from "../klaviyo/attributes.js";

/** A view over the `content` of a text message's definition. */
@ObjectType("SmsContent", {
  simpleResolvers: true,
  description: "What a text message says. Null means: not filled in yet.",
})
export class SmsContent {
  constructor(private readonly part: Attributed) {}

  @Field(() => String, { nullable: true, description: "The text. It may hold template tags, unrendered." })
  get body(): string | null {
    return optionalText(this.part, "body");
  }

  @Field(() => String, { nullable: true, description: "Where the media of an MMS are. Null for a plain SMS." })
  get mediaUrl(): string | null {
    return optionalText(this.part, "media_url");
  }
}

/** A view over the `render_options` of a text message's definition. */
@ObjectType("SmsRenderOptions", {
  simpleResolvers: true,
  description: "What Klaviyo adds to a text message when it sends it. Null means: the account's default.",
})
export class SmsRenderOptions {
  constructor(private readonly part: Attributed) {}

  @Field(() => Boolean, { nullable: true, description: "Whether links are made short, which also tracks them." })
  get shortensLinks(): boolean | null {
    return optionalBoolean(this.part, "shorten_links");
  }

  @Field(() => Boolean, { nullable: true, description: "Whether the text opens with the organization's name." })
  get addsOrganizationPrefix(): boolean | null {
    return optionalBoolean(this.part, "add_org_prefix");
  }

  @Field(() => Boolean, { nullable: true, description: "Whether a link to the account's contact card is added." })
  get addsInfoLink(): boolean | null {
    return optionalBoolean(this.part, "add_info_link");
  }

  @Field(() => Boolean, { nullable: true, description: "Whether a line on how to unsubscribe is added." })
  get addsOptOutLanguage(): boolean | null {
    return optionalBoolean(this.part, "add_opt_out_language");
  }
}

@ObjectType("SmsMessageDefinition", { simpleResolvers: true, description: "What makes a message a text message." })
export class SmsMessageDefinition {
  constructor(private readonly part: Attributed) {}

  @Field(() => SmsContent, { nullable: true, description: "What it says. Null: not filled in yet." })
  get content(): SmsContent | null {
    const part = optionalPart(this.part, "content");
    return part && new SmsContent(part);
  }

  @Field(() => SmsRenderOptions, {
    nullable: true,
    description: "What is added when it is sent. Null: the account's defaults.",
  })
  get renderOptions(): SmsRenderOptions | null {
    const part = optionalPart(this.part, "render_options");
    return part && new SmsRenderOptions(part);
  }
}
