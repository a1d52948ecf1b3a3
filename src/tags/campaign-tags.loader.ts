import DataLoader from "dataloader";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import { nullWhenNotFound, type ReadLimits } from "../klaviyo/reading.js";
import { attributesQuery } from "../klaviyo/resource-query.js";
import { getPage } from "../klaviyo/resources-api.js";
import { Tag } from "./tag.type.js";

/** Reads the tags of campaigns that came without them, for one request: one call for each campaign. */
export class CampaignTagsLoader {
  private readonly loader: DataLoader<string, readonly Tag[] | null>;

  constructor(client: KlaviyoClient, limits: () => ReadLimits) {
    const read = (id: string) => {
      const request = { id, resource: attributesQuery("tag", ["name"]) };
      return nullWhenNotFound(getPage(client, OPERATIONS.getTagsForCampaign, request, limits()));
    };
    this.loader = new DataLoader((ids) =>
      Promise.all(ids.map((id) => read(id).then((page) => page && page.resources.map((tag) => new Tag(tag)), asError))),
    );
  }

  /** @returns null when the campaign is gone. @throws KlaviyoError */
  load(campaignId: string): Promise<readonly Tag[] | null> {
    return this.loader.load(campaignId);
  }
}
