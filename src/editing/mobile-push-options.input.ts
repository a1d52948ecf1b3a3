import { Field, InputType } from "type-graphql";
import { IsOptional, ValidateNested } from "../input/class-validator.js";
import { IsTrue } from "./is-true.js";
import { EXACTLY_ONE, OneOf } from "../input/one-of.js";
import { IsFilled, IsUrl, WEB } from "./text-rules.js";

@InputType("OpenDeepLinkInput", {
  description: "The app opens at a certain place. Klaviyo wants a place for every platform that the account sends to.",
})
export class OpenDeepLinkInput {
  @Field(() => String, { nullable: true, description: "The place on iOS, such as `shop://cart`." })
  @IsOptional()
  @IsUrl()
  readonly iosDeepLink?: string | null;

  @Field(() => String, { nullable: true, description: "The place on Android, such as `shop://cart`." })
  @IsOptional()
  @IsUrl()
  readonly androidDeepLink?: string | null;
}

@InputType("PushOnOpenInput", { description: `What happens when somebody taps a notification. ${EXACTLY_ONE}` })
@OneOf()
export class PushOnOpenInput {
  @Field(() => Boolean, { nullable: true, description: "True: the app opens." })
  @IsOptional()
  @IsTrue()
  readonly openApp?: boolean;

  @Field(() => OpenDeepLinkInput, { nullable: true, description: "The app opens at a certain place." })
  @IsOptional()
  @ValidateNested()
  readonly openDeepLink?: OpenDeepLinkInput;

  @Field(() => String, { nullable: true, description: "The address of a web page, which opens." })
  @IsOptional()
  @IsUrl(WEB)
  readonly openWebUrl?: string;
}

@InputType("PushBadgeInput", { description: `The number on the app's icon; iOS only. ${EXACTLY_ONE}` })
@OneOf()
export class PushBadgeInput {
  @Field(() => Boolean, { nullable: true, description: "True: the icon gets no number." })
  @IsOptional()
  @IsTrue()
  readonly none?: boolean;

  @Field(() => Boolean, { nullable: true, description: "True: the number on the icon goes up by one." })
  @IsOptional()
  @IsTrue()
  readonly increment?: boolean;

  @Field(() => String, { nullable: true, description: "The same number for everybody, as text." })
  @IsOptional()
  @IsFilled()
  readonly count?: string;

  @Field(() => String, {
    nullable: true,
    description: "A number of each recipient's own: the property of their profile that holds it.",
  })
  @IsOptional()
  @IsFilled()
  readonly fromProperty?: string;
}

@InputType("MobilePushOptionsInput", { description: "How a push notification behaves." })
export class MobilePushOptionsInput {
  @Field(() => PushOnOpenInput, { nullable: true, description: "What happens when somebody taps it." })
  @IsOptional()
  @ValidateNested()
  readonly onOpen?: PushOnOpenInput | null;

  @Field(() => PushBadgeInput, { nullable: true, description: "The number on the app's icon; iOS only." })
  @IsOptional()
  @ValidateNested()
  readonly badge?: PushBadgeInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a sound is played; iOS only. Klaviyo's default is no.",
  })
  readonly playsSound?: boolean | null;
}
