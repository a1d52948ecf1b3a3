import { Field, InputType, Int } from "type-graphql";
import { IsNotIn, IsOptional, Max, Min } from "../input/class-validator.js";
import { PushButtonAction } from "../messages/push-action-button.type.js";
import { Rule } from "./rule.js";
import { faultOfUrl, IsAtMost, IsFilled, WEB } from "./text-rules.js";

/** Klaviyo's limits. Source: OpenAPI, revision 2026-07-15. */
export const MOST_BUTTONS = 3;
const LABEL_MAXIMUM = 40;
const URL_MAXIMUM = 2_048;

const POSITION = { message: `must be 0 to ${MOST_BUTTONS - 1}.` };

@InputType("PushActionButtonInput", { description: "A button below a push notification." })
export class PushActionButtonInput {
  @Field(() => String, { description: `What the button says, at most ${LABEL_MAXIMUM} characters.` })
  @IsFilled()
  @IsAtMost(LABEL_MAXIMUM)
  readonly label!: string;

  @Field(() => PushButtonAction, { description: "What it does. UNRECOGNIZED cannot be asked for." })
  @IsNotIn([PushButtonAction.UNRECOGNIZED], { message: "must not be UNRECOGNIZED: Klaviyo has no such action." })
  readonly action!: PushButtonAction;

  @Field(() => Int, {
    nullable: true,
    description:
      "Its place among the buttons, counted from 0 and without gaps; its place in the list, if left out. Give it for all or none.",
  })
  @IsOptional()
  @Min(0, POSITION)
  @Max(MOST_BUTTONS - 1, POSITION)
  readonly position?: number | null;

  @Field(() => String, {
    nullable: true,
    description: `Where it leads: needed for DEEP_LINK and OPEN_URL, and for them alone. At most ${URL_MAXIMUM} characters.`,
  })
  @Rule("isUrlOfAction", (url, button) => faultOfButtonUrl(url, button as PushActionButtonInput))
  readonly url?: string | null;
}

/** On a list of buttons. */
export function HasPositionsWithoutGaps(): PropertyDecorator {
  return Rule("hasPositionsWithoutGaps", (buttons) =>
    Array.isArray(buttons) && hasNoGaps(buttons)
      ? undefined
      : "must have positions 0, 1, 2 without gaps, each once, or none at all.",
  );
}

function hasNoGaps(buttons: readonly PushActionButtonInput[]): boolean {
  const positions = buttons.flatMap(({ position }) => position ?? []);
  if (positions.length === 0) return true;
  return positions.length === buttons.length && positions.toSorted((a, b) => a - b).every((at, index) => at === index);
}

function faultOfButtonUrl(url: unknown, { action }: PushActionButtonInput): string | undefined {
  const leads = action === PushButtonAction.DEEP_LINK || action === PushButtonAction.OPEN_URL;
  if (typeof url !== "string") return leads ? "is needed for DEEP_LINK and OPEN_URL." : undefined;
  if (!leads) return "is for DEEP_LINK and OPEN_URL alone.";
  if (url.length > URL_MAXIMUM) return `must not be longer than ${URL_MAXIMUM} characters.`;
  return faultOfUrl(url, action === PushButtonAction.OPEN_URL ? WEB : undefined);
}
