import { answerWith, onWrite, payloadOf, PROBLEM, startWithDraft, writes } from "./writes.js";

export const CREATE = `mutation ($input: CampaignCreateInput!) {
  createCampaign(input: $input) { ${PROBLEM} campaign { id name status } }
}`;

export const NEW_ID = "01NEWNEWNEWNEWNEWNEWNEWNEW";
export const CREATED = answerWith(201, {
  data: { type: "campaign", id: NEW_ID, attributes: { name: "Sale", status: "Draft" } },
});

export const EMAIL = { name: "Sale", audiences: { included: ["Y6nRLr"] }, messages: [{ email: {} }] };

/** The attributes that an input becomes on the wire. */
// oxlint-disable-next-line typescript/no-explicit-any -- what crossed the wire, to be looked at
export async function attributesOf(input: object): Promise<any> {
  await using gateway = await startWithDraft(onWrite(CREATED));
  await payloadOf(gateway, CREATE, { input: { ...EMAIL, ...input } });
  return JSON.parse(writes(gateway)[0]?.body ?? "").data.attributes;
}

/** The message that an input becomes on the wire. */
// oxlint-disable-next-line typescript/no-explicit-any -- what crossed the wire, to be looked at
export async function messageOf(message: object): Promise<any> {
  return (await attributesOf({ messages: [message] }))["campaign-messages"].data[0];
}
