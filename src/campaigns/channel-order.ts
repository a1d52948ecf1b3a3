import { type Channel, CHANNELS } from "../klaviyo/campaigns-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";

/** Where an account's campaigns were found until now. An id does not tell its channel, but few accounts use all of them alike. */
export class ChannelOrder {
  private readonly found = new Map<Channel, number>(CHANNELS.map((channel) => [channel, 0]));

  record(channel: Channel, count: number): void {
    this.found.set(channel, (this.found.get(channel) ?? 0) + count);
  }

  /** First the one in which most were found (e-mail, as long as none was), then all others together. */
  get rounds(): readonly (readonly Channel[])[] {
    const channels = [...this.found].toSorted(([, a], [, b]) => b - a).map(([channel]) => channel);
    return [channels.slice(0, 1), channels.slice(1)];
  }
}

const ORDERS = new WeakMap<KlaviyoClient, ChannelOrder>();

export function channelOrderOf(client: KlaviyoClient): ChannelOrder {
  const known = ORDERS.get(client) ?? new ChannelOrder();
  ORDERS.set(client, known);
  return known;
}
