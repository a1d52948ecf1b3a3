import { GraphQLDate, GraphQLDateTime } from "graphql-scalars";
import { Field, Int, InterfaceType, ObjectType } from "type-graphql";
import {
  type Attributed,
  optionalBoolean,
  optionalPart,
  requiredClockTime,
  requiredDate,
  requiredInteger,
  requiredText,
} from "../klaviyo/attributes.js";

/** A view over `campaign.send_strategy`. Its members are told apart by `method`; Klaviyo names no other discriminator. */
@InterfaceType("SendStrategy", {
  description: "When and how fast a campaign goes out. Klaviyo may add strategies: select on the ones you know.",
  resolveType: (strategy: SendStrategy) => strategy.constructor.name,
})
export abstract class SendStrategy {
  constructor(protected readonly part: Attributed) {}

  @Field(() => String, { description: "Klaviyo's own word for the strategy, such as `static`." })
  get methodText(): string {
    return requiredText(this.part, "method");
  }
}

@ObjectType("ImmediateSendStrategy", {
  implements: SendStrategy,
  simpleResolvers: true,
  description: "Goes out as soon as it is sent.",
})
export class ImmediateSendStrategy extends SendStrategy {}

@ObjectType("StaticSendStrategy", {
  implements: SendStrategy,
  simpleResolvers: true,
  description: "Goes out at a set time.",
})
export class StaticSendStrategy extends SendStrategy {
  @Field(() => GraphQLDateTime, {
    description:
      "The time. If `isLocal`, it is that clock time in each recipient's own time zone, written as if it were UTC.",
  })
  get sendAt(): Date {
    return this.isLocal ? requiredClockTime(this.part, "datetime") : requiredDate(this.part, "datetime");
  }

  @Field(() => Boolean, { description: "Whether the time is each recipient's local time." })
  get isLocal(): boolean {
    return this.option("is_local");
  }

  @Field(() => Boolean, {
    description: "For local times: whether those for whom the time has passed already get it at once.",
  })
  get sendsPastRecipientsImmediately(): boolean {
    return this.option("send_past_recipients_immediately");
  }

  private option(name: string): boolean {
    const options = optionalPart(this.part, "options");
    return options !== null && (optionalBoolean(options, name) ?? false);
  }
}

@ObjectType("ThrottledSendStrategy", {
  implements: SendStrategy,
  simpleResolvers: true,
  description: "Goes out in portions, from a set time on.",
})
export class ThrottledSendStrategy extends SendStrategy {
  @Field(() => GraphQLDateTime, { description: "When the first portion goes out." })
  get sendAt(): Date {
    return requiredDate(this.part, "datetime");
  }

  @Field(() => Int, { description: "Percent of the recipients an hour." })
  get throttlePercentage(): number {
    return requiredInteger(this.part, "throttle_percentage");
  }
}

@ObjectType("SmartSendTimeStrategy", {
  implements: SendStrategy,
  simpleResolvers: true,
  description: "Goes out on a day, at the hour that Klaviyo finds best.",
})
export class SmartSendTimeStrategy extends SendStrategy {
  @Field(() => GraphQLDate, { description: "The day." })
  get date(): string {
    return requiredText(this.part, "date");
  }
}

@ObjectType("AbTestSendStrategy", {
  implements: SendStrategy,
  simpleResolvers: true,
  description: "Sends test variations first and the winner to the rest.",
})
export class AbTestSendStrategy extends SendStrategy {}

@ObjectType("UnrecognizedSendStrategy", {
  implements: SendStrategy,
  simpleResolvers: true,
  description: "A strategy that Klaviyo does not show through its API, or that this gateway does not know yet.",
})
export class UnrecognizedSendStrategy extends SendStrategy {}

const STRATEGY_OF: ReadonlyMap<unknown, new (part: Attributed) => SendStrategy> = new Map<
  unknown,
  new (part: Attributed) => SendStrategy
>([
  ["immediate", ImmediateSendStrategy],
  ["static", StaticSendStrategy],
  ["throttled", ThrottledSendStrategy],
  ["smart_send_time", SmartSendTimeStrategy],
  ["ab_test_campaign", AbTestSendStrategy],
]);

export function sendStrategyOf(part: Attributed): SendStrategy {
  const Strategy = STRATEGY_OF.get(part.attributes["method"]) ?? UnrecognizedSendStrategy;
  return new Strategy(part);
}
