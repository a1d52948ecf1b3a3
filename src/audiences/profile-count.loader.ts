import DataLoader from "dataloader";
import { optionalInteger } from "../klaviyo/attributes.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadOperation } from "../klaviyo/operations.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { attributesQuery } from "../klaviyo/resource-query.js";
import { getResource } from "../klaviyo/resources-api.js";

/**
 * Counts the people in lists, or in segments, for one request. The count is asked for by a call of its own: what it is added to gets
 * the count's narrow rate limit (1 a second, 15 a minute), which must not cost the rest.
 */
export class ProfileCountLoader {
  private readonly loader: DataLoader<string, number | null>;

  constructor(client: KlaviyoClient, type: "list" | "segment", operation: ReadOperation, limits: () => ReadLimits) {
    const query = attributesQuery(type, ["profile_count"]);
    const extra = [[`additional-fields[${type}]`, "profile_count"]] as const;
    const count = async (id: string) => {
      const resource = await getResource(client, operation, id, query, limits(), extra);
      return resource && optionalInteger(resource, "profile_count");
    };
    this.loader = new DataLoader((ids) => Promise.all(ids.map((id) => count(id).catch(asError))));
  }

  /** @returns null where Klaviyo has no such thing or does not say. @throws KlaviyoError */
  load(id: string): Promise<number | null> {
    return this.loader.load(id);
  }
}
