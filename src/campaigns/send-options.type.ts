import { Field, ObjectType } from "type-graphql";
import { type Attributed, optionalBoolean } from "../klaviyo/attributes.js";

/** A view over `campaign.send_options`, which has the same shape for every channel. */
@ObjectType("CampaignSendOptions", {
  simpleResolvers: true,
  description: "Which people of its audiences a campaign skips.",
})
export class CampaignSendOptions {
  constructor(private readonly part: Attributed) {}

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether people who got a message a short while ago are skipped (Smart Sending). Null where Klaviyo does not say.",
  })
  get usesSmartSending(): boolean | null {
    return optionalBoolean(this.part, "use_smart_sending");
  }
}
