import { Field, ID, InputType } from "type-graphql";
import { ArrayMaxSize, ArrayUnique, IsOptional, ValidateNested } from "../input/class-validator.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { NotNull } from "../input/not-null.js";
import { ChangesSomething } from "./changes-something.js";
import { HasPositionsWithoutGaps, MOST_BUTTONS, PushActionButtonInput } from "./push-action-button.input.js";
import { MobilePushOptionsInput } from "./mobile-push-options.input.js";
import { IsFilled } from "./text-rules.js";

@InputType("KeyValuePairInput", { description: "A piece of data that goes to the app along with a push notification." })
export class KeyValuePairInput {
  @Field(() => String, { description: "The key, which is unique within its message." })
  @IsFilled()
  readonly key!: string;

  @Field(() => String, { description: "The value." })
  readonly value!: string;
}

const BUTTONS = {
  nullable: true,
  description: `The buttons below it, at most ${MOST_BUTTONS}: all of them, not those to add. Null: none.`,
} as const;

@InputType("MobilePushContentInput", { description: "What people see of a push notification." })
export class MobilePushContentInput {
  @Field(() => String, { nullable: true, description: "The title. It may hold template tags." })
  readonly title?: string | null;

  @Field(() => String, { description: "The text. It may hold template tags." })
  readonly body!: string;

  @Field(() => String, {
    nullable: true,
    description: "An image that differs by recipient, in Klaviyo's own notation. For a fixed one, use `imageId`.",
  })
  readonly dynamicImage?: string | null;

  @Field(() => [PushActionButtonInput], BUTTONS)
  @IsOptional()
  @ArrayMaxSize(MOST_BUTTONS, { message: `must hold at most ${MOST_BUTTONS} buttons.` })
  @HasPositionsWithoutGaps()
  @ValidateNested({ each: true })
  readonly actionButtons?: readonly PushActionButtonInput[] | null;
}

@InputType("MobilePushContentUpdateInput", {
  description: "What people see of a push notification from now on. What is left out stays as it is.",
})
export class MobilePushContentUpdateInput {
  @Field(() => String, { nullable: true, description: "The title. It may hold template tags." })
  readonly title?: string | null;

  @Field(() => String, { nullable: true, description: "The text. It may hold template tags." })
  readonly body?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "An image that differs by recipient, in Klaviyo's own notation. For a fixed one, use `imageId`.",
  })
  readonly dynamicImage?: string | null;

  @Field(() => [PushActionButtonInput], BUTTONS)
  @IsOptional()
  @ArrayMaxSize(MOST_BUTTONS, { message: `must hold at most ${MOST_BUTTONS} buttons.` })
  @HasPositionsWithoutGaps()
  @ValidateNested({ each: true })
  readonly actionButtons?: readonly PushActionButtonInput[] | null;
}

/** The data that goes to the app, each key once. */
function KeyValuePairs(): PropertyDecorator {
  const isUnique = ArrayUnique(({ key }: KeyValuePairInput) => key, { message: "must hold each key once." });
  const isValid = ValidateNested({ each: true });
  return (target, name) => [isUnique, isValid].forEach((decorate) => decorate(target, name));
}

@InputType("MobilePushMessageInput", { description: "A push notification that people see." })
export class MobilePushMessageInput {
  @Field(() => MobilePushContentInput, { description: "What it says." })
  @ValidateNested()
  readonly content!: MobilePushContentInput;

  @Field(() => MobilePushOptionsInput, { nullable: true, description: "How it behaves. It cannot be null." })
  @NotNull()
  @ValidateNested()
  readonly options?: MobilePushOptionsInput;

  @Field(() => [KeyValuePairInput], { nullable: true, description: "The data that goes to the app along with it." })
  @IsOptional()
  @KeyValuePairs()
  readonly keyValuePairs?: readonly KeyValuePairInput[] | null;

  @Field(() => ID, { nullable: true, description: "The id of the image that it shows. It cannot be null." })
  @NotNull()
  @IsKlaviyoId()
  readonly imageId?: string;
}

@InputType("MobilePushMessageUpdateInput", {
  description: "What to change of a push notification that people see. What is left out stays as it is.",
})
export class MobilePushMessageUpdateInput {
  @Field(() => MobilePushContentUpdateInput, { nullable: true, description: "What it says. It cannot be null." })
  @NotNull()
  @ChangesSomething()
  @ValidateNested()
  readonly content?: MobilePushContentUpdateInput;

  @Field(() => MobilePushOptionsInput, { nullable: true, description: "How it behaves. It cannot be null." })
  @NotNull()
  @ChangesSomething()
  @ValidateNested()
  readonly options?: MobilePushOptionsInput;

  @Field(() => [KeyValuePairInput], {
    nullable: true,
    description: "The data that goes to the app along with it: all of it, not what to add. Null: none.",
  })
  @IsOptional()
  @KeyValuePairs()
  readonly keyValuePairs?: readonly KeyValuePairInput[] | null;

  @Field(() => ID, { nullable: true, description: "The id of the image that it shows. It cannot be null." })
  @NotNull()
  @IsKlaviyoId()
  readonly imageId?: string;
}

@InputType("SilentMobilePushMessageInput", {
  description: "A silent push: it brings data to the app, and people see nothing of it.",
})
export class SilentMobilePushMessageInput {
  @Field(() => [KeyValuePairInput], { nullable: true, description: "The data that goes to the app." })
  @IsOptional()
  @KeyValuePairs()
  readonly keyValuePairs?: readonly KeyValuePairInput[] | null;
}

@InputType("SilentMobilePushMessageUpdateInput", { description: "What to change of a silent push." })
export class SilentMobilePushMessageUpdateInput {
  @Field(() => [KeyValuePairInput], { description: "The data that goes to the app: all of it, not what to add." })
  @KeyValuePairs()
  readonly keyValuePairs!: readonly KeyValuePairInput[];
}
