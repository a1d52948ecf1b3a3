import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import type { CampaignsContext } from "../campaigns/campaigns.context.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { getPage } from "../klaviyo/resources-api.js";
import { planRead } from "../selection/plan-read.js";
import { METRIC } from "../selection/resource-shapes.js";
import { MetricArgs, METRICS_CURSORS, MetricsArgs } from "./metric.args.js";
import { Metric, MetricPage } from "./metric.type.js";
import type { MetricsContext } from "./metrics.context.js";

@Resolver(() => Metric)
export class MetricResolver {
  @RequiresScopes("metrics:read")
  @Query(() => Metric, {
    nullable: true,
    description: "One metric by its id; null if Klaviyo has none. One Klaviyo call.",
  })
  metric(
    @Args(() => MetricArgs) { id }: MetricArgs,
    @Ctx() { metrics }: MetricsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Metric | null> {
    return metrics.load(id, planRead(info, METRIC));
  }

  @RequiresScopes("metrics:read")
  @Query(() => MetricPage, {
    nullable: true,
    description: "The account's metrics, for choosing what counts as a conversion. One Klaviyo call a page.",
  })
  async metrics(
    @Args(() => MetricsArgs) { after }: MetricsArgs,
    @Ctx() { client, readLimits }: CampaignsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MetricPage> {
    const request = { resource: planRead(info, METRIC, { paths: [["nodes"]] }), cursor: METRICS_CURSORS.decode(after) };
    const { resources, nextCursor } = await getPage(client, OPERATIONS.getMetrics, request, readLimits());
    return { nodes: resources.map((resource) => new Metric(resource)), endCursor: METRICS_CURSORS.encode(nextCursor) };
  }
}
