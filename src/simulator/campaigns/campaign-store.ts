import type { Account } from "../account/account.js";
import { detailsOf } from "./campaign-details.js";
import type { SeedCampaign } from "./seed-campaign.js";
import { SimulatedCampaign } from "./simulated-campaign.js";
import type { SimulatedMessage } from "./simulated-message.js";

export interface FoundMessage {
  readonly campaign: SimulatedCampaign;
  readonly message: SimulatedMessage;
}

/** The campaigns of the one account that the simulator plays. */
export class CampaignStore {
  readonly #campaigns = new Map<string, SimulatedCampaign>();
  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  /** A campaign of the same id is replaced. */
  add(seed: SeedCampaign, nowMs: number): SimulatedCampaign {
    this.#account.meetTags(seed.tags ?? []);
    const { included, excluded } = detailsOf(seed).audiences;
    const campaign = new SimulatedCampaign(seed, nowMs, this.#account.membersOf(included, excluded));
    this.#campaigns.set(seed.id, campaign);
    return campaign;
  }

  remove(id: string): void {
    this.#campaigns.delete(id);
  }

  find(id: string): SimulatedCampaign | undefined {
    return this.#campaigns.get(id);
  }

  findMessage(id: string): FoundMessage | undefined {
    for (const campaign of this.#campaigns.values()) {
      const message = campaign.messages.find((candidate) => candidate.id === id);
      if (message !== undefined) return { campaign, message };
    }
    return undefined;
  }

  all(): readonly SimulatedCampaign[] {
    return [...this.#campaigns.values()];
  }
}
