import { registerEnumType } from "type-graphql";
import type { Channel } from "../klaviyo/campaigns-api.js";

export enum CampaignChannel {
  EMAIL = "EMAIL",
  SMS = "SMS",
  MOBILE_PUSH = "MOBILE_PUSH",
}

export const KLAVIYO_CHANNEL: Readonly<Record<CampaignChannel, Channel>> = {
  EMAIL: "email",
  SMS: "sms",
  MOBILE_PUSH: "mobile_push",
};

const BY_WORD: ReadonlyMap<string, CampaignChannel> = new Map(
  Object.values(CampaignChannel).map((channel) => [KLAVIYO_CHANNEL[channel], channel]),
);

/** @param word Klaviyo's. @returns undefined for a channel that is not known here, for Klaviyo may add some within a revision */
export function campaignChannelOf(word: string): CampaignChannel | undefined {
  return BY_WORD.get(word);
}

registerEnumType(CampaignChannel, {
  name: "CampaignChannel",
  description: "How a campaign reaches people. Klaviyo lists campaigns of one channel at a time.",
  valuesConfig: {
    EMAIL: { description: "E-mail campaigns." },
    SMS: { description: "Text message campaigns." },
    MOBILE_PUSH: { description: "Mobile push notification campaigns." },
  },
});
