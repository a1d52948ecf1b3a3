import { Field, Int, ObjectType, registerEnumType } from "type-graphql";

export enum CancelCampaignSendProblemCode {
  STILL_STOPPING = "STILL_STOPPING",
  ALREADY_SENT = "ALREADY_SENT",
  NOT_FOUND = "NOT_FOUND",
  NOT_SENDING = "NOT_SENDING",
  RATE_LIMITED = "RATE_LIMITED",
  REVISION_REFUSED = "REVISION_REFUSED",
  FORBIDDEN = "FORBIDDEN",
  UPSTREAM_UNAUTHORIZED = "UPSTREAM_UNAUTHORIZED",
  UPSTREAM_TIMEOUT = "UPSTREAM_TIMEOUT",
  UPSTREAM_UNAVAILABLE = "UPSTREAM_UNAVAILABLE",
  UPSTREAM_REFUSED = "UPSTREAM_REFUSED",
  UPSTREAM_INVALID_RESPONSE = "UPSTREAM_INVALID_RESPONSE",
}

registerEnumType(CancelCampaignSendProblemCode, {
  name: "CancelCampaignSendProblemCode",
  description: "Why a campaign is not, or not yet known to be, stopped.",
  valuesConfig: {
    STILL_STOPPING: { description: "Klaviyo took the action on and is still working. Look again in a moment." },
    ALREADY_SENT: { description: "The campaign has been sent completely." },
    NOT_FOUND: { description: "Klaviyo has no campaign with this id." },
    NOT_SENDING: {
      description: "Klaviyo does not take this action on a campaign in its present status (see `status`).",
    },
    RATE_LIMITED: { description: "Klaviyo's rate limit is used up. `retryAfterMs` says when there is room again." },
    REVISION_REFUSED: { description: "Klaviyo does not serve this operation at the given revision (any more)." },
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

@ObjectType("CancelCampaignSendProblem", {
  simpleResolvers: true,
  description: "Why a campaign is not (yet) stopped, and what can be done about it.",
})
export class CancelCampaignSendProblem {
  @Field(() => CancelCampaignSendProblemCode, { description: "The reason, for programs." })
  readonly code!: CancelCampaignSendProblemCode;

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
}
