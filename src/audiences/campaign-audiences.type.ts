import { Field, ID, ObjectType } from "type-graphql";

/** The ids as the campaign has them; what they stand for is the resolver's to find. */
@ObjectType("CampaignAudiences", {
  simpleResolvers: true,
  description: "Whom a campaign goes to: everybody in an included audience who is in no excluded one.",
})
export class CampaignAudiences {
  @Field(() => [ID], {
    description: "Ids of the included lists and segments. They come with the campaign, without a call.",
  })
  readonly includedIds: readonly string[];

  @Field(() => [ID], {
    description: "Ids of the excluded lists and segments. They come with the campaign, without a call.",
  })
  readonly excludedIds: readonly string[];

  constructor(ids: { readonly included: readonly string[]; readonly excluded: readonly string[] }) {
    this.includedIds = ids.included;
    this.excludedIds = ids.excluded;
  }
}
