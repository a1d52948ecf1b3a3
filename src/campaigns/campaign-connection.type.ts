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

@ObjectType("CampaignEdge", { simpleResolvers: true, description: "One campaign and its place in the list." })
export class CampaignEdge {
  @Field(() => String, { description: "The place of this campaign, for `after`. Opaque." })
  readonly cursor!: string;

  @Field(() => Campaign, { description: "The campaign." })
  readonly node!: Campaign;
}

@ObjectType("CampaignConnection", {
  simpleResolvers: true,
  description: "A page of campaigns. Klaviyo does not count its lists, so there is no total.",
})
export class CampaignConnection {
  @Field(() => [CampaignEdge], { description: "The campaigns with their cursors, in Klaviyo's order." })
  readonly edges!: readonly CampaignEdge[];

  @Field(() => [Campaign], { description: "The campaigns alone, for those who need no cursors." })
  readonly nodes!: readonly Campaign[];

  @Field(() => PageInfo, { description: "Where this page lies in the list." })
  readonly pageInfo!: PageInfo;
}

/** @param cursorOf makes the edge's cursor, which few ask for */
export function edgeOf(node: Campaign, cursorOf: () => string): CampaignEdge {
  return {
    node,
    get cursor() {
      return cursorOf();
    },
  };
}

/** A connection of the given edges, whose first and last cursors are its ends. */
export function connectionOf(
  edges: readonly CampaignEdge[],
  more: Pick<PageInfo, "hasNextPage" | "hasPreviousPage">,
): CampaignConnection {
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    get pageInfo() {
      return { ...more, startCursor: edges.at(0)?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null };
    },
  };
}
