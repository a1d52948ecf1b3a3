import { Field, ID, ObjectType } from "type-graphql";
import { type Verdict, WritePayload } from "./write.payload.js";

@ObjectType("DeleteCampaignPayload", {
  implements: WritePayload,
  simpleResolvers: true,
  description: "What became of deleting a campaign.",
})
export class DeleteCampaignPayload extends WritePayload {
  @Field(() => ID, {
    nullable: true,
    description: "The id of the campaign that is gone, for caches to forget it. Null unless `outcome` is DONE.",
  })
  readonly deletedId: string | null;

  constructor(payload: Verdict & Pick<DeleteCampaignPayload, "deletedId">) {
    super(payload);
    this.deletedId = payload.deletedId;
  }
}
