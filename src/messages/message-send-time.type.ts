import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { type Attributed, requiredBoolean, requiredClockTime, requiredDate } from "../klaviyo/attributes.js";

/** A view over one of a message's `send_times`. */
@ObjectType("MessageSendTime", { simpleResolvers: true, description: "A time at which a message goes out." })
export class MessageSendTime {
  constructor(private readonly part: Attributed) {}

  @Field(() => GraphQLDateTime, {
    description:
      "The time. If `isLocal`, it is that clock time in each recipient's own time zone, written as if it were UTC.",
  })
  get datetime(): Date {
    return this.isLocal ? requiredClockTime(this.part, "datetime") : requiredDate(this.part, "datetime");
  }

  @Field(() => Boolean, { description: "Whether the time is each recipient's local time." })
  get isLocal(): boolean {
    return requiredBoolean(this.part, "is_local");
  }
}
