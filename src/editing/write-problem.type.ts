import { Field, Int, ObjectType, registerEnumType } from "type-graphql";

export enum WriteProblemCode {
  NOT_FOUND = "NOT_FOUND",
  NOT_ACCEPTED = "NOT_ACCEPTED",
  CONFLICT = "CONFLICT",
  RATE_LIMITED = "RATE_LIMITED",
  FORBIDDEN = "FORBIDDEN",
  UPSTREAM_UNAUTHORIZED = "UPSTREAM_UNAUTHORIZED",
  UPSTREAM_TIMEOUT = "UPSTREAM_TIMEOUT",
  UPSTREAM_UNAVAILABLE = "UPSTREAM_UNAVAILABLE",
  UPSTREAM_REFUSED = "UPSTREAM_REFUSED",
  UPSTREAM_INVALID_RESPONSE = "UPSTREAM_INVALID_RESPONSE",
}

registerEnumType(WriteProblemCode, {
  name: "WriteProblemCode",
  description: "Why something was not written, is not known to be, or could not be read back.",
  valuesConfig: {
    NOT_FOUND: { description: "Klaviyo has nothing with an id that was given. Ids are case-sensitive." },
    NOT_ACCEPTED: {
      description:
        "Klaviyo does not take it: because of a value (see `fields`), or of the state that the campaign is in.",
    },
    CONFLICT: { description: "Klaviyo does not take it in the state that things are in now." },
    RATE_LIMITED: { description: "Klaviyo's rate limit is used up. `retryAfterMs` says when there is room again." },
    FORBIDDEN: { description: "The gateway's Klaviyo key lacks a scope; the message names it." },
    UPSTREAM_UNAUTHORIZED: { description: "Klaviyo refused the gateway's key. Tell those who run the gateway." },
    UPSTREAM_TIMEOUT: { description: "Klaviyo did not answer in time." },
    UPSTREAM_UNAVAILABLE: { description: "Klaviyo could not be reached or answered with a server error." },
    UPSTREAM_REFUSED: {
      description: "Klaviyo refused what the gateway asked for, by its API's own error. Asking again does not help.",
    },
    UPSTREAM_INVALID_RESPONSE: { description: "Something answered that does not speak Klaviyo's API." },
  },
});

@ObjectType("WriteFault", { simpleResolvers: true, description: "A value that Klaviyo does not accept." })
export class WriteFault {
  @Field(() => String, {
    description: "The value's path in the mutation's arguments, such as `input.messages.0.email.content.subject`.",
  })
  readonly path!: string;

  @Field(() => String, {
    description: "What is wrong with it, for people. In Klaviyo's own words where they are short and plain.",
  })
  readonly message!: string;
}

@ObjectType("WriteProblem", {
  simpleResolvers: true,
  description: "What stood in the way of a write, and what can be done about it.",
})
export class WriteProblem {
  @Field(() => WriteProblemCode, { description: "The reason, for programs." })
  readonly code!: WriteProblemCode;

  @Field(() => String, { description: "The reason and the way out, for people. Its wording may change." })
  readonly message!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Milliseconds after which asking again makes sense, where Klaviyo said so.",
  })
  readonly retryAfterMs!: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Klaviyo's id of the error: the only thing that its support can look up.",
  })
  readonly klaviyoErrorId!: string | null;

  @Field(() => [WriteFault], {
    description: "The arguments that Klaviyo found fault with, as far as it says. Empty where it does not.",
  })
  readonly fields!: readonly WriteFault[];
}
