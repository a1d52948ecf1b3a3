import { ArgsType, Field, ID, InputType } from "type-graphql";
import { ArrayNotEmpty, IsOptional, ValidateNested } from "../input/class-validator.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import {
  CampaignAudiencesInput,
  CampaignAudiencesUpdateInput,
  CampaignSendOptionsInput,
  CampaignTrackingOptionsInput,
} from "./campaign-options.input.js";
import { ChangesSomething } from "./changes-something.js";
import { NotNull } from "../input/not-null.js";
import { CampaignMessageCreateInput } from "./campaign-message.input.js";
import { SendStrategyInput } from "./send-strategy.input.js";
import { IsFilled } from "./text-rules.js";

@InputType("CampaignCreateInput", { description: "A campaign to be made." })
export class CampaignCreateInput {
  @Field(() => String, { description: "Its name. Recipients do not see it." })
  @IsFilled()
  readonly name!: string;

  @Field(() => CampaignAudiencesInput, { description: "Who gets it." })
  @ValidateNested()
  readonly audiences!: CampaignAudiencesInput;

  @Field(() => [CampaignMessageCreateInput], {
    description: "What it sends: at least one message. Their channel is the campaign's.",
  })
  @ArrayNotEmpty({ message: "must hold at least one message." })
  @ValidateNested({ each: true })
  readonly messages!: readonly CampaignMessageCreateInput[];

  @Field(() => SendStrategyInput, {
    nullable: true,
    description: "When and how fast it goes out; as soon as it is sent, if left out.",
  })
  @IsOptional()
  @ValidateNested()
  readonly sendStrategy?: SendStrategyInput | null;

  @Field(() => CampaignSendOptionsInput, { nullable: true, description: "Who of its audiences is left out." })
  @IsOptional()
  @ValidateNested()
  readonly sendOptions?: CampaignSendOptionsInput | null;

  @Field(() => CampaignTrackingOptionsInput, {
    nullable: true,
    description: "What is tracked; what the account has by default, if left out.",
  })
  @IsOptional()
  @ValidateNested()
  readonly trackingOptions?: CampaignTrackingOptionsInput | null;
}

@InputType("CampaignUpdateInput", {
  description:
    "What to change of a campaign. What is left out stays as it is; null asks Klaviyo to go back to its default.",
})
export class CampaignUpdateInput {
  @Field(() => String, { nullable: true, description: "Its new name. It cannot be null." })
  @NotNull()
  @IsFilled()
  readonly name?: string;

  @Field(() => CampaignAudiencesUpdateInput, { nullable: true, description: "Who gets it. It cannot be null." })
  @NotNull()
  @ChangesSomething()
  @ValidateNested()
  readonly audiences?: CampaignAudiencesUpdateInput;

  @Field(() => SendStrategyInput, { nullable: true, description: "When and how fast it goes out." })
  @IsOptional()
  @ValidateNested()
  readonly sendStrategy?: SendStrategyInput | null;

  @Field(() => CampaignSendOptionsInput, { nullable: true, description: "Who of its audiences is left out." })
  @IsOptional()
  @ValidateNested()
  readonly sendOptions?: CampaignSendOptionsInput | null;

  @Field(() => CampaignTrackingOptionsInput, { nullable: true, description: "What is tracked." })
  @IsOptional()
  @ValidateNested()
  readonly trackingOptions?: CampaignTrackingOptionsInput | null;
}

@ArgsType()
export class CreateCampaignArgs {
  @Field(() => CampaignCreateInput, { description: "The campaign to be made." })
  @ValidateNested()
  readonly input!: CampaignCreateInput;
}

@ArgsType()
export class UpdateCampaignArgs {
  @Field(() => ID, { description: "The campaign's id." })
  @IsKlaviyoId()
  readonly id!: string;

  @Field(() => CampaignUpdateInput, { description: "What to change." })
  @ChangesSomething()
  @ValidateNested()
  readonly input!: CampaignUpdateInput;
}
