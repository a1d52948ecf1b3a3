import { Field, InputType } from "type-graphql";
import { ValidateNested } from "../input/class-validator.js";
import { NotNull } from "../input/not-null.js";

@InputType("EmailContentInput", {
  description: "What recipients see of an e-mail in their inbox. Anything may be filled in later, before it is sent.",
})
export class EmailContentInput {
  @Field(() => String, { nullable: true, description: "The subject line. It may hold template tags." })
  readonly subject?: string | null;

  @Field(() => String, { nullable: true, description: "What inboxes show after the subject. May hold template tags." })
  readonly previewText?: string | null;

  @Field(() => String, { nullable: true, description: "The sender's address." })
  readonly fromEmail?: string | null;

  @Field(() => String, { nullable: true, description: "The sender's name, shown with the address." })
  readonly fromLabel?: string | null;

  @Field(() => String, { nullable: true, description: "Where answers go. Null: to the sender's address." })
  readonly replyToEmail?: string | null;

  @Field(() => String, { nullable: true, description: "Who gets a copy that recipients can see. Null: nobody." })
  readonly ccEmail?: string | null;

  @Field(() => String, { nullable: true, description: "Who gets a copy that recipients cannot see. Null: nobody." })
  readonly bccEmail?: string | null;
}

@InputType("EmailMessageInput", {
  description: "An e-mail. What it looks like is a template: see `assignTemplateToCampaignMessage`.",
})
export class EmailMessageInput {
  @Field(() => String, {
    nullable: true,
    description: "The name given to the message, such as that of a variation. Recipients do not see it.",
  })
  readonly label?: string | null;

  @Field(() => EmailContentInput, { nullable: true, description: "Subject and sender. It cannot be null." })
  @NotNull()
  @ValidateNested()
  readonly content?: EmailContentInput;
}
