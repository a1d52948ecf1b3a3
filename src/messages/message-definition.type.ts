import { createUnionType, Field, ObjectType } from "type-graphql";
import { type Attributed, optionalText } from "../klaviyo/attributes.js";
import { EmailMessageDefinition } from "./email-message.type.js";
import { MobilePushMessageDefinition, SilentMobilePushMessageDefinition } from "./mobile-push-message.type.js";
import { SmsMessageDefinition } from "./sms-message.type.js";

@ObjectType("UnrecognizedMessageDefinition", {
  simpleResolvers: true,
  description: "A kind of message that this gateway does not know yet.",
})
export class UnrecognizedMessageDefinition {
  constructor(private readonly part: Attributed) {}

  @Field(() => String, { nullable: true, description: "Klaviyo's own word for its channel, if it has one." })
  get channelText(): string | null {
    return optionalText(this.part, "channel");
  }
}

const MEMBERS = [
  EmailMessageDefinition,
  SmsMessageDefinition,
  MobilePushMessageDefinition,
  SilentMobilePushMessageDefinition,
  UnrecognizedMessageDefinition,
] as const;

export const CampaignMessageDefinition = createUnionType({
  name: "CampaignMessageDefinition",
  description: "What a message says, by its kind. Klaviyo may add kinds: handle UnrecognizedMessageDefinition.",
  types: () => MEMBERS,
  resolveType: (definition) => MEMBERS.find((member) => definition instanceof member)?.name,
});

/** Klaviyo names no discriminator: definitions are told apart by their channel, and pushes by their notification type as well. */
export function messageDefinitionOf(part: Attributed): typeof CampaignMessageDefinition {
  switch (part.attributes["channel"]) {
    case "email":
      return new EmailMessageDefinition(part);
    case "sms":
      return new SmsMessageDefinition(part);
    case "mobile_push":
      return pushDefinitionOf(part);
    default:
      return new UnrecognizedMessageDefinition(part);
  }
}

function pushDefinitionOf(part: Attributed): typeof CampaignMessageDefinition {
  switch (part.attributes["notification_type"]) {
    case "standard":
      return new MobilePushMessageDefinition(part);
    case "silent":
      return new SilentMobilePushMessageDefinition(part);
    default:
      return new UnrecognizedMessageDefinition(part);
  }
}
