import { answer } from "../support/answers.js";
import { startGateway } from "../support/gateway.js";

export const ID = "01GMRWDSA0ARTAKE1SFX8MESSG";

/** The answer for one message with the given attributes. */
export async function read(attributes: object, selection: string) {
  await using gateway = await startGateway();
  answer(gateway, `/api/campaign-messages/${ID}`, { data: { type: "campaign-message", id: ID, attributes } });
  const { body } = await gateway.query(`{ campaignMessage(id: "${ID}") { ${selection} } }`);
  return body;
}

export function push(parts: object) {
  return { definition: { channel: "mobile_push", notification_type: "standard", content: {}, ...parts } };
}
