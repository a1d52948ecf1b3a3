import { Field, ObjectType } from "type-graphql";
import { type Attributed, optionalBoolean, optionalPart, optionalText, partList } from "../klaviyo/attributes.js";
import { KeyValuePair, keyValuePairsOf } from "./key-value-pair.type.js";
import { PushActionButton } from "./push-action-button.type.js";
import { PushBadge, pushBadgeOf } from "./push-badge.type.js";
import { PushOnOpen, pushOnOpenOf } from "./push-on-open.type.js";

/** A view over the `content` of a push definition. */
@ObjectType("MobilePushContent", {
  simpleResolvers: true,
  description: "What people see of a push notification. Null means: not filled in yet.",
})
export class MobilePushContent {
  constructor(private readonly part: Attributed) {}

  @Field(() => String, { nullable: true, description: "The title. It may hold template tags, unrendered." })
  get title(): string | null {
    return optionalText(this.part, "title");
  }

  @Field(() => String, { nullable: true, description: "The text. It may hold template tags, unrendered." })
  get body(): string | null {
    return optionalText(this.part, "body");
  }

  @Field(() => String, {
    nullable: true,
    description: "An image that differs by recipient, in Klaviyo's own notation. A fixed one is the message's `image`.",
  })
  get dynamicImage(): string | null {
    return optionalText(this.part, "dynamic_image");
  }

  @Field(() => [PushActionButton], { description: "The buttons below it. Empty: none." })
  get actionButtons(): readonly PushActionButton[] {
    return partList(this.part, "action_buttons").map((part) => new PushActionButton(part));
  }
}

/** A view over the `options` of a push definition. */
@ObjectType("MobilePushOptions", { simpleResolvers: true, description: "How a push notification behaves." })
export class MobilePushOptions {
  constructor(private readonly part: Attributed) {}

  @Field(() => PushOnOpen, {
    nullable: true,
    description: "What happens when somebody taps it. Null where Klaviyo does not say.",
  })
  get onOpen(): PushOnOpen | null {
    const part = optionalPart(this.part, "on_open");
    return part && pushOnOpenOf(part);
  }

  @Field(() => PushBadge, {
    nullable: true,
    description: "The number on the app's icon; iOS only. Null where Klaviyo does not say.",
  })
  get badge(): PushBadge | null {
    const part = optionalPart(this.part, "badge");
    return part && pushBadgeOf(part);
  }

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a sound is played; iOS only. Null where Klaviyo does not say.",
  })
  get playsSound(): boolean | null {
    return optionalBoolean(this.part, "play_sound");
  }
}

@ObjectType("MobilePushMessageDefinition", {
  simpleResolvers: true,
  description: "What makes a message a push notification that people see.",
})
export class MobilePushMessageDefinition {
  constructor(private readonly part: Attributed) {}

  @Field(() => MobilePushContent, { nullable: true, description: "What it says. Null: not filled in yet." })
  get content(): MobilePushContent | null {
    const part = optionalPart(this.part, "content");
    return part && new MobilePushContent(part);
  }

  @Field(() => MobilePushOptions, {
    nullable: true,
    description: "How it behaves. Null where Klaviyo does not say.",
  })
  get options(): MobilePushOptions | null {
    const part = optionalPart(this.part, "options");
    return part && new MobilePushOptions(part);
  }

  @Field(() => [KeyValuePair], { description: "The data that goes to the app along with it. Empty: none." })
  get keyValuePairs(): readonly KeyValuePair[] {
    return keyValuePairsOf(this.part);
  }
}

@ObjectType("SilentMobilePushMessageDefinition", {
  simpleResolvers: true,
  description: "What makes a message a silent push: it brings data to the app, and people see nothing of it.",
})
export class SilentMobilePushMessageDefinition {
  constructor(private readonly part: Attributed) {}

  @Field(() => [KeyValuePair], { description: "The data that goes to the app. Empty: none." })
  get keyValuePairs(): readonly KeyValuePair[] {
    return keyValuePairsOf(this.part);
  }
}
