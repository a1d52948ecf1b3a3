import { OPERATIONS } from "../klaviyo/operations.js";
import { attributesQuery, mergeQueries, type ResourceQuery } from "../klaviyo/resource-query.js";
import { updateCampaignMessageImage, updateResource } from "../klaviyo/writes-api.js";
import { CampaignMessage } from "../messages/campaign-message.type.js";
import type { CampaignMessageUpdateInput } from "./campaign-message.input.js";
import { isAsWritten } from "./is-as-written.js";
import { updateMessageBody } from "./message-body.js";
import { IMAGE_LINK, MessageFlight, showsImage, type WrittenMessage } from "./message-flight.js";
import { from, toWire } from "./write-body.js";
import type { WriteCall } from "./write-flight.js";
import { DONE, refused } from "./write-verdicts.js";

export interface UpdateMessageRequest {
  readonly id: string;
  readonly input: CampaignMessageUpdateInput;
  /** What the caller wants to see of the message; undefined for nothing. */
  readonly query: ResourceQuery | undefined;
}

const DEFINITION = attributesQuery("campaign-message", ["definition"]);
const ADVICE = "Query the message in a moment. Asking again is harmless.";

/** Changes a message. After an outcome that nobody knows it looks whether the message is as it should be. */
export async function updateMessage(
  dependencies: WriteCall,
  { id, input, query }: UpdateMessageRequest,
): Promise<WrittenMessage> {
  const { body, attributes, imageId } = updateMessageBody(id, input);
  const operation = OPERATIONS.updateCampaignMessage;
  const noSuch = imageId === undefined ? `message ${id}` : `message ${id}, or no image ${imageId}`;
  const description = { operation, what: `change message ${id}`, body, noSuch, advice: ADVICE };
  const message = new MessageFlight(dependencies, id, query, description);
  const update = { operation, id, body: toWire(body) };
  const asked = await message.flight.ask(description, (limits) =>
    updateResource(dependencies.client, update, query ?? attributesQuery("campaign-message", []), limits),
  );
  switch (asked.kind) {
    case "taken":
      // An update answers attributes alone.
      if (query && Object.keys(query.include).length > 0) return message.done();
      return { ...DONE, message: query ? new CampaignMessage(asked.value) : null };
    case "refused":
      return { ...refused(asked, description), message: null };
    case "unknown": {
      const wanted = toWire(attributes);
      const needed = imageId === undefined ? DEFINITION : mergeQueries(DEFINITION, IMAGE_LINK);
      return message.lookWhetherDone(
        asked.failure,
        needed,
        (seen) => isAsWritten(wanted, seen.attributes) && (imageId === undefined || showsImage(seen, imageId)),
      );
    }
  }
}

export interface UpdateMessageImageRequest {
  readonly id: string;
  readonly imageId: string;
  readonly query: ResourceQuery | undefined;
}

/** Gives a message an image. After an outcome that nobody knows it looks which image the message has. */
export async function updateMessageImage(
  dependencies: WriteCall,
  { id, imageId, query }: UpdateMessageImageRequest,
): Promise<WrittenMessage> {
  const body = { data: { type: "image", id: from("imageId", imageId) } };
  const description = {
    operation: OPERATIONS.updateCampaignMessageImage,
    what: `give message ${id} the image ${imageId}`,
    body,
    noSuch: `message ${id}, or no image ${imageId}`,
    advice: ADVICE,
  };
  const message = new MessageFlight(dependencies, id, query, description);
  const asked = await message.flight.ask(description, (limits) =>
    updateCampaignMessageImage(dependencies.client, { id, body: toWire(body) }, limits),
  );
  switch (asked.kind) {
    case "taken":
      return message.done();
    case "refused":
      return { ...refused(asked, description), message: null };
    case "unknown":
      return message.lookWhetherDone(asked.failure, IMAGE_LINK, (seen) => showsImage(seen, imageId));
  }
}
