import { ArgsType, Field, ID, InputType } from "type-graphql";
import { IsOptional, ValidateNested } from "../input/class-validator.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { ChangesSomething } from "./changes-something.js";
import { EmailMessageInput } from "./email-message.input.js";
import {
  MobilePushMessageInput,
  MobilePushMessageUpdateInput,
  SilentMobilePushMessageInput,
  SilentMobilePushMessageUpdateInput,
} from "./mobile-push-message.input.js";
import { EXACTLY_ONE, OneOf } from "../input/one-of.js";
import { SmsMessageInput } from "./sms-message.input.js";

@InputType("CampaignMessageCreateInput", { description: `A message of a campaign to be made. ${EXACTLY_ONE}` })
@OneOf()
export class CampaignMessageCreateInput {
  @Field(() => EmailMessageInput, { nullable: true, description: "An e-mail." })
  @IsOptional()
  @ValidateNested()
  readonly email?: EmailMessageInput;

  @Field(() => SmsMessageInput, { nullable: true, description: "A text message." })
  @IsOptional()
  @ValidateNested()
  readonly sms?: SmsMessageInput;

  @Field(() => MobilePushMessageInput, { nullable: true, description: "A push notification that people see." })
  @IsOptional()
  @ValidateNested()
  readonly mobilePush?: MobilePushMessageInput;

  @Field(() => SilentMobilePushMessageInput, {
    nullable: true,
    description: "A push that brings data to the app alone.",
  })
  @IsOptional()
  @ValidateNested()
  readonly silentMobilePush?: SilentMobilePushMessageInput;
}

@InputType("CampaignMessageUpdateInput", {
  description:
    "What to change of a message, by its kind, which itself cannot be changed. What is left out stays as it is. " +
    EXACTLY_ONE,
})
@OneOf()
export class CampaignMessageUpdateInput {
  @Field(() => EmailMessageInput, { nullable: true, description: "What to change of an e-mail." })
  @IsOptional()
  @ChangesSomething("content")
  @ValidateNested()
  readonly email?: EmailMessageInput;

  @Field(() => SmsMessageInput, { nullable: true, description: "What to change of a text message." })
  @IsOptional()
  @ChangesSomething("content")
  @ValidateNested()
  readonly sms?: SmsMessageInput;

  @Field(() => MobilePushMessageUpdateInput, { nullable: true, description: "What to change of a push notification." })
  @IsOptional()
  @ChangesSomething()
  @ValidateNested()
  readonly mobilePush?: MobilePushMessageUpdateInput;

  @Field(() => SilentMobilePushMessageUpdateInput, { nullable: true, description: "What to change of a silent push." })
  @IsOptional()
  @ValidateNested()
  readonly silentMobilePush?: SilentMobilePushMessageUpdateInput;
}

@ArgsType()
export class UpdateCampaignMessageArgs {
  @Field(() => ID, { description: "The message's id." })
  @IsKlaviyoId()
  readonly id!: string;

  @Field(() => CampaignMessageUpdateInput, { description: "What to change." })
  @ValidateNested()
  readonly input!: CampaignMessageUpdateInput;
}

@ArgsType()
export class AssignTemplateArgs {
  @Field(() => ID, { description: "The message's id." })
  @IsKlaviyoId()
  readonly id!: string;

  @Field(() => ID, { description: "The id of the template to copy into the message." })
  @IsKlaviyoId()
  readonly templateId!: string;
}

@ArgsType()
export class UpdateCampaignMessageImageArgs {
  @Field(() => ID, { description: "The message's id. It must be a text message or a push notification." })
  @IsKlaviyoId()
  readonly id!: string;

  @Field(() => ID, { description: "The id of the image that it shows from now on." })
  @IsKlaviyoId()
  readonly imageId!: string;
}
