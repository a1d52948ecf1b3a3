import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { type Attributed, optionalInteger, optionalText, requiredText } from "../klaviyo/attributes.js";

export enum PushButtonAction {
  OPEN_APP = "OPEN_APP",
  DEEP_LINK = "DEEP_LINK",
  OPEN_URL = "OPEN_URL",
  DISMISS = "DISMISS",
  UNRECOGNIZED = "UNRECOGNIZED",
}

registerEnumType(PushButtonAction, {
  name: "PushButtonAction",
  description: "What a button of a push notification does. Handle UNRECOGNIZED, and show `actionText`.",
  valuesConfig: {
    OPEN_APP: { description: "Opens the app." },
    DEEP_LINK: { description: "Opens the app at the place that `url` names." },
    OPEN_URL: { description: "Opens the web page at `url`." },
    DISMISS: { description: "Closes the notification." },
    UNRECOGNIZED: { description: "Something that this gateway does not know yet." },
  },
});

const ACTION_OF: ReadonlyMap<string, PushButtonAction> = new Map([
  ["open_app", PushButtonAction.OPEN_APP],
  ["deep_link", PushButtonAction.DEEP_LINK],
  ["open_url", PushButtonAction.OPEN_URL],
  ["dismiss", PushButtonAction.DISMISS],
]);

/** A view over one of `content.action_buttons` of a push definition. */
@ObjectType("PushActionButton", { simpleResolvers: true, description: "A button below a push notification." })
export class PushActionButton {
  constructor(private readonly part: Attributed) {}

  @Field(() => String, { description: "What the button says, at most 40 characters." })
  get label(): string {
    return requiredText(this.part, "label");
  }

  @Field(() => PushButtonAction, { description: "What it does." })
  get action(): PushButtonAction {
    return ACTION_OF.get(this.actionText) ?? PushButtonAction.UNRECOGNIZED;
  }

  @Field(() => String, { description: "What it does, in Klaviyo's own word; for people, not for comparisons." })
  get actionText(): string {
    return requiredText(this.part, "action_type");
  }

  @Field(() => Int, {
    nullable: true,
    description: "Its place among the buttons, counted from 0. Null: its place in the list.",
  })
  get position(): number | null {
    return optionalInteger(this.part, "position");
  }

  @Field(() => String, { nullable: true, description: "Where it leads, for DEEP_LINK and OPEN_URL." })
  get url(): string | null {
    return optionalText(this.part, "url");
  }
}
