import { Field, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { Campaign } from "../campaigns/campaign.type.js";
import { type Verdict, WritePayload } from "./write.payload.js";

interface Written extends Verdict {
  readonly campaign: Campaign | null;
}

@ObjectType("CreateCampaignPayload", {
  implements: WritePayload,
  simpleResolvers: true,
  description: "What became of making a campaign.",
})
export class CreateCampaignPayload extends WritePayload {
  @RequiresScopes("campaigns:read")
  @Field(() => Campaign, {
    simple: false,
    nullable: true,
    description: "The new campaign, a draft. Null unless `outcome` is DONE.",
  })
  readonly campaign: Campaign | null;

  constructor(payload: Written) {
    super(payload);
    this.campaign = payload.campaign;
  }
}

@ObjectType("CloneCampaignPayload", {
  implements: WritePayload,
  simpleResolvers: true,
  description: "What became of copying a campaign.",
})
export class CloneCampaignPayload extends WritePayload {
  @RequiresScopes("campaigns:read")
  @Field(() => Campaign, {
    simple: false,
    nullable: true,
    description: "The copy, a draft with an id of its own. Null unless `outcome` is DONE.",
  })
  readonly campaign: Campaign | null;

  constructor(payload: Written) {
    super(payload);
    this.campaign = payload.campaign;
  }
}

@ObjectType("UpdateCampaignPayload", {
  implements: WritePayload,
  simpleResolvers: true,
  description: "What became of changing a campaign.",
})
export class UpdateCampaignPayload extends WritePayload {
  @RequiresScopes("campaigns:read")
  @Field(() => Campaign, {
    simple: false,
    nullable: true,
    description:
      "The campaign as it is now, if `outcome` is DONE; as it was last seen, if it is UNKNOWN and the campaign could be read. " +
      "Null otherwise.",
  })
  readonly campaign: Campaign | null;

  constructor(payload: Written) {
    super(payload);
    this.campaign = payload.campaign;
  }
}
