import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Mutation, Resolver } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { planRead } from "../selection/plan-read.js";
import { CAMPAIGN_MESSAGE } from "../selection/resource-shapes.js";
import { isSelected } from "../selection/selected-fields.js";
import { assignTemplate } from "./assign-template.js";
import {
  AssignTemplateArgs,
  UpdateCampaignMessageArgs,
  UpdateCampaignMessageImageArgs,
} from "./campaign-message.input.js";
import { updateMessage, updateMessageImage } from "./update-message.js";
import {
  AssignTemplateToCampaignMessagePayload,
  UpdateCampaignMessageImagePayload,
  UpdateCampaignMessagePayload,
} from "./written-message.payload.js";
import { written, type WritesContext } from "./writes.context.js";

@Resolver()
export class MessageWritesResolver {
  @RequiresScopes("campaigns:write")
  @Mutation(() => UpdateCampaignMessagePayload, {
    description:
      "Changes a message. What is left out stays as it is. If the answer is lost, the message is read and compared.",
  })
  async updateCampaignMessage(
    @Args(() => UpdateCampaignMessageArgs) { id, input }: UpdateCampaignMessageArgs,
    @Ctx() context: WritesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UpdateCampaignMessagePayload> {
    const query = messageQuery(info);
    return written(context, {
      run: async (call) => new UpdateCampaignMessagePayload(await updateMessage(call, { id, input, query })),
      payloadOf: (verdict) => new UpdateCampaignMessagePayload({ ...verdict, message: null }),
      about: () => ({ write: "updateCampaignMessage", targetId: id }),
    });
  }

  @RequiresScopes("campaigns:write")
  @Mutation(() => AssignTemplateToCampaignMessagePayload, {
    description:
      "Gives an e-mail a copy of a template, in place of the one that it has. Later changes to the template do not reach the copy.",
  })
  async assignTemplateToCampaignMessage(
    @Args(() => AssignTemplateArgs) { id, templateId }: AssignTemplateArgs,
    @Ctx() context: WritesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AssignTemplateToCampaignMessagePayload> {
    const query = messageQuery(info);
    return written(context, {
      run: async (call) =>
        new AssignTemplateToCampaignMessagePayload(await assignTemplate(call, { id, templateId, query })),
      payloadOf: (verdict) => new AssignTemplateToCampaignMessagePayload({ ...verdict, message: null }),
      about: () => ({ write: "assignTemplateToCampaignMessage", targetId: id }),
    });
  }

  @RequiresScopes("campaigns:write images:read")
  @Mutation(() => UpdateCampaignMessageImagePayload, {
    description:
      "Gives a text message or a push notification an image, in place of the one that it has. Needs `images:read`. If the answer " +
      "is lost, it is looked which image the message has.",
  })
  async updateCampaignMessageImage(
    @Args(() => UpdateCampaignMessageImageArgs) { id, imageId }: UpdateCampaignMessageImageArgs,
    @Ctx() context: WritesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UpdateCampaignMessageImagePayload> {
    const query = messageQuery(info);
    return written(context, {
      run: async (call) =>
        new UpdateCampaignMessageImagePayload(await updateMessageImage(call, { id, imageId, query })),
      payloadOf: (verdict) => new UpdateCampaignMessageImagePayload({ ...verdict, message: null }),
      about: () => ({ write: "updateCampaignMessageImage", targetId: id }),
    });
  }
}

function messageQuery(info: GraphQLResolveInfo): ResourceQuery | undefined {
  return isSelected(info, "message") ? planRead(info, CAMPAIGN_MESSAGE, { paths: [["message"]] }) : undefined;
}
