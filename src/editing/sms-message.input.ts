import { Field, ID, InputType } from "type-graphql";
import { ValidateNested } from "../input/class-validator.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { NotNull } from "../input/not-null.js";

@InputType("SmsContentInput", { description: "What a text message says." })
export class SmsContentInput {
  @Field(() => String, { nullable: true, description: "The text. It may hold template tags." })
  readonly body?: string | null;
}

@InputType("SmsRenderOptionsInput", {
  description: "What Klaviyo adds to a text message when it sends it. What is left out or null is Klaviyo's default.",
})
export class SmsRenderOptionsInput {
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether links are made short, which also tracks them. Klaviyo's default is yes.",
  })
  readonly shortensLinks?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the text opens with the organization's name. Klaviyo's default is yes.",
  })
  readonly addsOrganizationPrefix?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a link to the account's contact card is added. Klaviyo's default is yes.",
  })
  readonly addsInfoLink?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is added how to unsubscribe. Klaviyo's default is no.",
  })
  readonly addsOptOutLanguage?: boolean | null;
}

@InputType("SmsMessageInput", { description: "A text message." })
export class SmsMessageInput {
  @Field(() => SmsContentInput, { nullable: true, description: "What it says. It cannot be null." })
  @NotNull()
  @ValidateNested()
  readonly content?: SmsContentInput;

  @Field(() => SmsRenderOptionsInput, {
    nullable: true,
    description: "What is added when it is sent. It cannot be null.",
  })
  @NotNull()
  @ValidateNested()
  readonly renderOptions?: SmsRenderOptionsInput;

  @Field(() => ID, { nullable: true, description: "The id of an image to send along. It cannot be null." })
  @NotNull()
  @IsKlaviyoId()
  readonly imageId?: string;
}
