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

  @Field(() => String, { nullable: true, description: "Cursor of the last edge; null for an empty page." })
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

  /** @param makeCursor makes the edge's cursor, which few ask for */
  constructor(
    node: Campaign,
    private readonly makeCursor: () => string,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: "The place of this campaign, for `after`. Opaque." })
  get cursor(): string {
    return this.makeCursor();
  }
}

@ObjectType("CampaignConnection", {
  simpleResolvers: true,
  description: "A page of campaigns. Klaviyo does not count its lists, so there is no total.",
})
export class CampaignConnection {
  @Field(() => [CampaignEdge], { description: "The campaigns with their cursors, in Klaviyo's order." })
  readonly edges: readonly CampaignEdge[];

  /** @param ends what is not known from the edges */
  constructor(
    edges: readonly CampaignEdge[],
    private readonly ends: Pick<PageInfo, "hasNextPage" | "hasPreviousPage">,
  ) {
    this.edges = edges;
  }

  @Field(() => [Campaign], { description: "The campaigns alone, for those who need no cursors." })
  get nodes(): readonly Campaign[] {
    return this.edges.map(({ node }) => node);
  }

  @Field(() => PageInfo, { description: "Where this page lies in the list." })
  get pageInfo(): PageInfo {
    return {
      ...this.ends,
      startCursor: this.edges.at(0)?.cursor ?? null,
      endCursor: this.edges.at(-1)?.cursor ?? null,
    };
  }
}
