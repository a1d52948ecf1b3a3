import { SimulatedCampaign } from "./simulated-campaign.js";
import type { SeedCampaign } from "./seed-campaign.js";

/** The campaigns of the one account that the simulator plays. */
export class CampaignStore {
  readonly #campaigns = new Map<string, SimulatedCampaign>();

  /** A campaign of the same id is replaced. */
  add(seed: SeedCampaign, nowMs: number): void {
    this.#campaigns.set(seed.id, new SimulatedCampaign(seed, nowMs));
  }

  find(id: string): SimulatedCampaign | undefined {
    return this.#campaigns.get(id);
  }

  all(): readonly SimulatedCampaign[] {
    return [...this.#campaigns.values()];
  }
}
