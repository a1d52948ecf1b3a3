import type { JsonObject } from "../json.js";
import { defaultDefinition } from "./default-definition.js";
import type { SeedCampaign, SeedMessage } from "./seed-campaign.js";

export interface MessageDetails {
  /** As Klaviyo spells it. */
  readonly definition: JsonObject;
  readonly templateId: string | undefined;
  readonly imageId: string | undefined;
}

/** One message of a campaign. It can be edited for as long as its campaign is a draft; the operations see to that. */
export class SimulatedMessage {
  readonly id: string;
  #details: MessageDetails;
  #editedAtMs = 0;

  constructor(id: string, details: MessageDetails) {
    this.id = id;
    this.#details = details;
  }

  get details(): MessageDetails {
    return this.#details;
  }

  /** 0 when it never was. */
  get editedAtMs(): number {
    return this.#editedAtMs;
  }

  edit(changes: Partial<MessageDetails>, nowMs: number): void {
    this.#details = { ...this.#details, ...changes };
    this.#editedAtMs = nowMs;
  }
}

export function messagesOf(seed: SeedCampaign, campaignName: string): readonly SimulatedMessage[] {
  const messages: readonly SeedMessage[] = seed.messages ?? [{}];
  return messages.map((message, index) => {
    const definition = message.definition ?? defaultDefinition(seed.channel ?? "email", message.text ?? campaignName);
    const { id = `${seed.id}-M${index + 1}`, templateId, imageId } = message;
    return new SimulatedMessage(id, { definition, templateId, imageId });
  });
}
