import { Field, InterfaceType, ObjectType } from "type-graphql";
import { type Attributed, optionalText } from "../klaviyo/attributes.js";

/** A view over `options.on_open` of a push definition: told apart by `type`. */
@InterfaceType("PushOnOpen", {
  description:
    "What happens when somebody taps the notification. Klaviyo may add kinds: select on the ones you know, with `typeText` for " +
    "the rest.",
  resolveType: (onOpen: PushOnOpen) => onOpen.constructor.name,
})
export abstract class PushOnOpen {
  constructor(protected readonly part: Attributed) {}

  @Field(() => String, { nullable: true, description: "Klaviyo's own word for it, such as `open_app`." })
  get typeText(): string | null {
    return optionalText(this.part, "type");
  }
}

@ObjectType("OpenApp", { implements: PushOnOpen, simpleResolvers: true, description: "The app opens." })
export class OpenApp extends PushOnOpen {}

@ObjectType("OpenDeepLink", {
  implements: PushOnOpen,
  simpleResolvers: true,
  description: "The app opens at a certain place.",
})
export class OpenDeepLink extends PushOnOpen {
  @Field(() => String, { nullable: true, description: "The place on iOS. Null: none was given." })
  get iosDeepLink(): string | null {
    return optionalText(this.part, "ios_deep_link");
  }

  @Field(() => String, { nullable: true, description: "The place on Android. Null: none was given." })
  get androidDeepLink(): string | null {
    return optionalText(this.part, "android_deep_link");
  }
}

@ObjectType("OpenWebUrl", { implements: PushOnOpen, simpleResolvers: true, description: "A web page opens." })
export class OpenWebUrl extends PushOnOpen {
  @Field(() => String, { nullable: true, description: "The address of the page. Null: none was given." })
  get url(): string | null {
    return optionalText(this.part, "web_url");
  }
}

@ObjectType("UnrecognizedOnOpen", {
  implements: PushOnOpen,
  simpleResolvers: true,
  description: "Something that this gateway does not know yet.",
})
export class UnrecognizedOnOpen extends PushOnOpen {}

const ON_OPEN_OF: ReadonlyMap<unknown, new (part: Attributed) => PushOnOpen> = new Map<
  unknown,
  new (part: Attributed) => PushOnOpen
>([
  ["open_app", OpenApp],
  ["deep_link", OpenDeepLink],
  ["open_web_url", OpenWebUrl],
]);

export function pushOnOpenOf(part: Attributed): PushOnOpen {
  const OnOpen = ON_OPEN_OF.get(part.attributes["type"]) ?? UnrecognizedOnOpen;
  return new OnOpen(part);
}
