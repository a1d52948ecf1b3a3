import type { KlaviyoFailure } from "../klaviyo/failure.js";
import type { Resource } from "../klaviyo/json-api.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { linkedIds } from "../klaviyo/related-resources.js";
import { mergeQueries, type ResourceQuery } from "../klaviyo/resource-query.js";
import { getResource } from "../klaviyo/resources-api.js";
import type { WriteLimits } from "../klaviyo/writes-api.js";
import { CampaignMessage } from "../messages/campaign-message.type.js";
import { withIncludesSettled } from "../messages/linkage.js";
import { type WriteCall, WriteFlight } from "./write-flight.js";
import { DONE, doneUnseen, missing, unknown, type WriteDescription } from "./write-verdicts.js";
import type { Verdict } from "./write.payload.js";

export interface WrittenMessage extends Verdict {
  readonly message: CampaignMessage | null;
}

/** Reads the image that a message links to; nothing of the image itself. */
export const IMAGE_LINK: ResourceQuery = {
  type: "campaign-message",
  attributes: [],
  include: { image: { type: "image", attributes: [] } },
};

/** A write of one message, and reading it afterwards. */
export class MessageFlight {
  readonly flight: WriteFlight;

  /** @param query what the caller wants to see of the message; undefined for nothing */
  constructor(
    private readonly dependencies: WriteCall,
    private readonly id: string,
    private readonly query: ResourceQuery | undefined,
    private readonly description: WriteDescription,
  ) {
    this.flight = new WriteFlight(dependencies);
  }

  /** What to answer once it is done: the message, read as far as it is wanted. */
  async done(): Promise<WrittenMessage> {
    const { query } = this;
    if (!query) return { ...DONE, message: null };
    const looked = await this.flight.lookUntil((limits) => this.read(query, limits));
    if (looked.kind === "seen" && looked.value) return { ...DONE, message: new CampaignMessage(looked.value) };
    return { ...doneUnseen(looked, OPERATIONS.getCampaignMessage, `message ${this.id}`), message: null };
  }

  /** After an outcome that nobody knows: done if the message is as it should be. */
  async lookWhetherDone(
    failure: KlaviyoFailure,
    needed: ResourceQuery,
    isAsItShouldBe: (message: Resource) => boolean,
  ): Promise<WrittenMessage> {
    const enough = this.query ? mergeQueries(this.query, needed) : needed;
    const looked = await this.flight.lookUntil(
      (limits) => this.read(enough, limits),
      (resource) => resource === null || isAsItShouldBe(resource),
    );
    if (looked.kind === "failed") return { ...unknown(failure, this.description), message: null };
    if (!looked.value) return { ...missing({ noSuch: `message ${this.id}` }), message: null };
    const message = new CampaignMessage(looked.value);
    if (isAsItShouldBe(looked.value)) return { ...DONE, message };
    const seen = "When it was last looked at, the message was not, or not wholly, as it should be.";
    return { ...unknown(failure, this.description, seen), message };
  }

  private async read(query: ResourceQuery, limits: WriteLimits): Promise<Resource | null> {
    const { getCampaignMessage } = OPERATIONS;
    const resource = await getResource(this.dependencies.client, getCampaignMessage, this.id, query, limits);
    return resource && withIncludesSettled(resource, query);
  }
}

/** Whether a message that was read with {@link IMAGE_LINK} shows this image. */
export function showsImage(message: Resource, imageId: string): boolean {
  // Where the key may not read images, the link is withheld: nothing is known then.
  return !message.withheld?.has("image") && linkedIds(message, "image", "image")?.[0] === imageId;
}
