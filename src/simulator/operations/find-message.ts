import type { FoundMessage } from "../campaigns/campaign-store.js";
import type { Call } from "../route.js";
import { found } from "./found.js";

export function findMessage(call: Call, id: string): FoundMessage {
  return found(call.store.findMessage(id), "campaign-message", id);
}
