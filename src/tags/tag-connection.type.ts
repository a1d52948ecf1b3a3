import { Field, ObjectType } from "type-graphql";
import { PageInfo } from "../campaigns/campaign-connection.type.js";
import { Tag } from "./tag.type.js";

@ObjectType("TagEdge", { simpleResolvers: true, description: "One tag and its place in the list." })
export class TagEdge {
  @Field(() => String, { description: "The place of this tag, for `after`. Opaque." })
  readonly cursor!: string;

  @Field(() => Tag, { description: "The tag." })
  readonly node!: Tag;
}

@ObjectType("TagConnection", {
  simpleResolvers: true,
  description: "A page of tags. Klaviyo does not count its lists, so there is no total.",
})
export class TagConnection {
  @Field(() => [TagEdge], { description: "The tags with their cursors, by name." })
  readonly edges!: readonly TagEdge[];

  @Field(() => [Tag], { description: "The tags alone, for those who need no cursors." })
  readonly nodes!: readonly Tag[];

  @Field(() => PageInfo, { description: "Where this page lies in the list." })
  readonly pageInfo!: PageInfo;
}
