import { Directive, Field, ObjectType } from "type-graphql";
import { Campaign } from "./campaign.type.js";

@ObjectType("PageInfo", {
  simpleResolvers: true,
  description: "Where a page lies in its list (Relay's cursor connections).",
})
@Directive("@shareable")
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is more after `endCursor`." })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether there is something before `startCursor`, as far as Klaviyo says." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first edge; null for an empty page." })
  readonly startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Cursor of the last edge, or of where the list goes on after an empty page; null for an empty page at its end.",
  })
  readonly endCursor!: string | null;
}

/*
 * Getters of classes, not of object literals: each of those would make a hidden class of its own, which V8 keeps among the old objects, and
 * everything that it leads to with it, until the next big collection.
 */

@ObjectType("CampaignEdge", { simpleResolvers: true, description: "One campaign and its place in the list." })
export class CampaignEdge {
  @Field(() => Campaign, { description: "The campaign." })
  readonly node: Campaign;

  /**
   * @param index its place on the page
   * @param cursorAfter makes the cursor of a place on the page
   */
  constructor(
    node: Campaign,
    private readonly index: number,
    private readonly cursorAfter: (index: number) => string,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: "The place of this campaign, for `after`. Opaque." })
  get cursor(): string {
    return this.cursorAfter(this.index);
  }
}

@ObjectType("CampaignConnection", {
  simpleResolvers: true,
  description: "A page of campaigns. Klaviyo does not count its lists, so there is no total.",
})
export class CampaignConnection {
  @Field(() => [CampaignEdge], { description: "The campaigns with their cursors, in Klaviyo's order." })
  get edges(): readonly CampaignEdge[] {
    return this.nodes.map((node, index) => new CampaignEdge(node, index, this.cursorAfter));
  }

  @Field(() => [Campaign], { description: "The campaigns alone, for those who need no cursors." })
  readonly nodes: readonly Campaign[];

  /**
   * @param cursorAfter makes the cursor of a campaign, by its place on the page; few ask for it. For -1, of where a page without
   * campaigns leads on, if it does
   * @param ends what is not known from the campaigns
   */
  constructor(
    nodes: readonly Campaign[],
    private readonly cursorAfter: (index: number) => string,
    private readonly ends: Pick<PageInfo, "hasNextPage" | "hasPreviousPage">,
  ) {
    this.nodes = nodes;
  }

  @Field(() => PageInfo, { description: "Where this page lies in the list." })
  get pageInfo(): PageInfo {
    const { length } = this.nodes;
    const startCursor = length > 0 ? this.cursorAfter(0) : null;
    const endCursor = length > 0 || this.ends.hasNextPage ? this.cursorAfter(length - 1) : null;
    return { ...this.ends, startCursor, endCursor };
  }
}
