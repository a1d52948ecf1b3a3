import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { planRead } from "../selection/plan-read.js";
import { IMAGE, TEMPLATE } from "../selection/resource-shapes.js";
import { ImageArgs, TemplateArgs } from "./content.args.js";
import type { ContentContext } from "./content.context.js";
import { Image } from "./image.type.js";
import { Template } from "./template.type.js";

@Resolver(() => Template)
export class TemplateResolver {
  @RequiresScopes("templates:read")
  @Query(() => Template, {
    nullable: true,
    description: "One template by its id, a message's copy included; null if Klaviyo has none. One Klaviyo call.",
  })
  template(
    @Args(() => TemplateArgs) { id }: TemplateArgs,
    @Ctx() { templates }: ContentContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Template | null> {
    return templates.load(id, planRead(info, TEMPLATE));
  }
}

@Resolver(() => Image)
export class ImageResolver {
  @RequiresScopes("images:read")
  @Query(() => Image, {
    nullable: true,
    description: "One image by its id; null if Klaviyo has none. One Klaviyo call.",
  })
  image(
    @Args(() => ImageArgs) { id }: ImageArgs,
    @Ctx() { images }: ContentContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Image | null> {
    return images.load(id, planRead(info, IMAGE));
  }
}
