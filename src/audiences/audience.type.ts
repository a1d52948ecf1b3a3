import { createUnionType, Field, ID, ObjectType } from "type-graphql";
import { List } from "./list.type.js";
import { Segment } from "./segment.type.js";

@ObjectType("UnknownAudience", {
  simpleResolvers: true,
  description: "An audience that is neither among the account's lists nor among its segments: it was deleted since.",
})
export class UnknownAudience {
  readonly __typename = "UnknownAudience";

  @Field(() => ID, { description: "The id that the campaign still names." })
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

/** Klaviyo's campaigns name their audiences by bare ids, so the type is only known once it was found. */
export const Audience = createUnionType({
  name: "Audience",
  description:
    "Whom a campaign goes to, or is kept from: a list or a segment. Use fragments for what you show of each.",
  types: () => [List, Segment, UnknownAudience] as const,
  resolveType: ({ __typename }) => __typename,
});

export type AnyAudience = List | Segment | UnknownAudience;
