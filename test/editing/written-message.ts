import { answerWith, MESSAGE_ID, onRead } from "./writes.js";

/** Klaviyo's document of the message that most tests write. */
export function messageDocument(definition: object, relationships: object = {}): object {
  return { data: { type: "campaign-message", id: MESSAGE_ID, attributes: { definition }, relationships } };
}

export const MESSAGE_PATH = `/api/campaign-messages/${MESSAGE_ID}`;
export const SMS = { channel: "sms", content: { body: "New" } };
export const WITH_IMAGE = { image: { data: { type: "image", id: "7" } } };

/** That its reads are answered so. */
export function reading(answer: object, times: number | "always" = "always") {
  return onRead(answerWith(200, answer), { times });
}
