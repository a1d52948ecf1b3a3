import { Field, ObjectType } from "type-graphql";
import { type Attributed, optionalPart, optionalText } from "../klaviyo/attributes.js";

/** A view over the `content` of an e-mail's definition. */
@ObjectType("EmailContent", {
  simpleResolvers: true,
  description: "What recipients see of an e-mail in their inbox. Null means: not filled in yet.",
})
export class EmailContent {
  constructor(private readonly part: Attributed) {}

  @Field(() => String, { nullable: true, description: "The subject line. It may hold template tags, unrendered." })
  get subject(): string | null {
    return optionalText(this.part, "subject");
  }

  @Field(() => String, { nullable: true, description: "What inboxes show after the subject. May hold template tags." })
  get previewText(): string | null {
    return optionalText(this.part, "preview_text");
  }

  @Field(() => String, { nullable: true, description: "The sender's address." })
  get fromEmail(): string | null {
    return optionalText(this.part, "from_email");
  }

  @Field(() => String, { nullable: true, description: "The sender's name, shown with the address." })
  get fromLabel(): string | null {
    return optionalText(this.part, "from_label");
  }

  @Field(() => String, { nullable: true, description: "Where answers go. Null: to the sender's address." })
  get replyToEmail(): string | null {
    return optionalText(this.part, "reply_to_email");
  }

  @Field(() => String, { nullable: true, description: "Who gets a copy that recipients can see. Null: nobody." })
  get ccEmail(): string | null {
    return optionalText(this.part, "cc_email");
  }

  @Field(() => String, { nullable: true, description: "Who gets a copy that recipients cannot see. Null: nobody." })
  get bccEmail(): string | null {
    return optionalText(this.part, "bcc_email");
  }
}

@ObjectType("EmailMessageDefinition", {
  simpleResolvers: true,
  description: "What makes a message an e-mail. Its looks are in the message's `template`.",
})
export class EmailMessageDefinition {
  constructor(private readonly part: Attributed) {}

  @Field(() => EmailContent, { nullable: true, description: "Subject and sender. Null: not filled in yet." })
  get content(): EmailContent | null {
    const part = optionalPart(this.part, "content");
    return part && new EmailContent(part);
  }
}
