import { Field, InterfaceType, Int, ObjectType } from "type-graphql";
import { type Attributed, optionalPart, optionalText, requiredText } from "../klaviyo/attributes.js";

/** A view over `options.badge` of a push definition: told apart by `display`, then by `badge_config`. */
@InterfaceType("PushBadge", {
  description:
    "The number on the app's icon; iOS only. Klaviyo may add kinds: select on the ones you know, with `configText` for the rest.",
  resolveType: (badge: PushBadge) => badge.constructor.name,
})
export abstract class PushBadge {
  constructor(protected readonly options: Attributed | null) {}

  @Field(() => String, {
    nullable: true,
    description: "Klaviyo's own word for how the number comes about, such as `increment_one`. Null where it has none.",
  })
  get configText(): string | null {
    return this.options && optionalText(this.options, "badge_config");
  }
}

@ObjectType("NoBadge", { implements: PushBadge, simpleResolvers: true, description: "The icon gets no number." })
export class NoBadge extends PushBadge {}

@ObjectType("BadgeIncrement", {
  implements: PushBadge,
  simpleResolvers: true,
  description: "The number on the icon goes up.",
})
export class BadgeIncrement extends PushBadge {
  @Field(() => Int, { description: "By how much: always 1 today." })
  readonly by: number = 1;
}

@ObjectType("BadgeCount", {
  implements: PushBadge,
  simpleResolvers: true,
  description: "The icon gets the same number for everybody.",
})
export class BadgeCount extends PushBadge {
  @Field(() => String, { description: "The number, as text: it is what somebody typed into Klaviyo." })
  get value(): string {
    return requiredText(this.options ?? NOTHING, "value");
  }
}

@ObjectType("BadgeFromProperty", {
  implements: PushBadge,
  simpleResolvers: true,
  description: "The icon gets a number of each recipient's own.",
})
export class BadgeFromProperty extends PushBadge {
  @Field(() => String, { description: "The property of the recipient's profile that holds the number." })
  get property(): string {
    return requiredText(this.options ?? NOTHING, "set_from_property");
  }
}

@ObjectType("UnrecognizedBadge", {
  implements: PushBadge,
  simpleResolvers: true,
  description: "Klaviyo does not say how the number comes about, or in a way that this gateway does not know yet.",
})
export class UnrecognizedBadge extends PushBadge {}

const NOTHING: Attributed = { type: "badge_options", attributes: {} };

const BADGE_OF: ReadonlyMap<unknown, new (options: Attributed | null) => PushBadge> = new Map<
  unknown,
  new (options: Attributed | null) => PushBadge
>([
  ["increment_one", BadgeIncrement],
  ["set_count", BadgeCount],
  ["set_property", BadgeFromProperty],
]);

export function pushBadgeOf(part: Attributed): PushBadge {
  const display = part.attributes["display"];
  if (display === false) return new NoBadge(null);
  const options = optionalPart(part, "badge_options");
  const Badge = display === true ? BADGE_OF.get(options?.attributes["badge_config"]) : undefined;
  return new (Badge ?? UnrecognizedBadge)(options);
}
