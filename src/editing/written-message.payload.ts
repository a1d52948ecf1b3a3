import { Field, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { CampaignMessage } from "../messages/campaign-message.type.js";
import { type Verdict, WritePayload } from "./write.payload.js";

interface Written extends Verdict {
  readonly message: CampaignMessage | null;
}

const MESSAGE = {
  // A simple field would be resolved past the check of scopes.
  simple: false,
  nullable: true,
  description:
    "The message as it is now, if `outcome` is DONE and it could be read; as it was last seen, if the outcome is UNKNOWN and it " +
    "could be read. Null otherwise.",
} as const;

@ObjectType("UpdateCampaignMessagePayload", {
  implements: WritePayload,
  simpleResolvers: true,
  description: "What became of changing a message.",
})
export class UpdateCampaignMessagePayload extends WritePayload {
  @RequiresScopes("campaigns:read")
  @Field(() => CampaignMessage, MESSAGE)
  readonly message: CampaignMessage | null;

  constructor(payload: Written) {
    super(payload);
    this.message = payload.message;
  }
}

@ObjectType("AssignTemplateToCampaignMessagePayload", {
  implements: WritePayload,
  simpleResolvers: true,
  description: "What became of giving a message a template.",
})
export class AssignTemplateToCampaignMessagePayload extends WritePayload {
  @RequiresScopes("campaigns:read")
  @Field(() => CampaignMessage, {
    simple: false,
    nullable: true,
    description: "The message as read back. Null unless `outcome` is DONE and it could be read.",
  })
  readonly message: CampaignMessage | null;

  constructor(payload: Written) {
    super(payload);
    this.message = payload.message;
  }
}

@ObjectType("UpdateCampaignMessageImagePayload", {
  implements: WritePayload,
  simpleResolvers: true,
  description: "What became of giving a message an image.",
})
export class UpdateCampaignMessageImagePayload extends WritePayload {
  @RequiresScopes("campaigns:read")
  @Field(() => CampaignMessage, MESSAGE)
  readonly message: CampaignMessage | null;

  constructor(payload: Written) {
    super(payload);
    this.message = payload.message;
  }
}
