import type { CampaignStore } from "../campaigns/campaign-store.js";
import type { FaultQueue } from "../faults/fault-queue.js";
import { type Answer, emptyAnswer, jsonAnswer } from "../http/answer.js";
import type { RecordedRequest } from "../recorded-request.js";
import type { RequestLog } from "../request-log.js";
import { JSON_TYPE } from "../rules/wire-form.js";
import { ControlInputError, parseJson } from "./control-input.js";
import type { Traffic } from "../traffic.js";
import { decodeFaults } from "./decode-fault.js";
import { decodeSeedCampaign } from "./decode-seed-campaign.js";

export interface ControlParts {
  readonly store: CampaignStore;
  readonly faults: FaultQueue;
  readonly log: RequestLog;
  readonly traffic: Traffic;
}

type Control = (request: RecordedRequest, parts: ControlParts) => Answer;

const CONTROLS: Readonly<Record<string, Control>> = {
  "POST /control/faults": ({ body }, { faults }) => {
    for (const fault of decodeFaults(parseJson(body))) faults.add(fault);
    return emptyAnswer(204);
  },
  "DELETE /control/faults": (_, { faults }) => {
    faults.clear();
    return emptyAnswer(204);
  },
  "GET /control/requests": (_, { log }) => json(200, log.requests.map(withoutKey)),
  "DELETE /control/requests": (_, { log }) => {
    log.clear();
    return emptyAnswer(204);
  },
  "GET /control/traffic": (_, { traffic: { counts, writes } }) => json(200, { counts, writes }),
  "DELETE /control/traffic": (_, { traffic }) => {
    traffic.clear();
    return emptyAnswer(204);
  },
  "GET /control/campaigns": ({ atMs }, { store }) =>
    json(
      200,
      store.all().map((campaign) => ({
        id: campaign.id,
        name: campaign.name,
        status: campaign.statusAt(atMs),
        statuses: campaign.statusesUntil(atMs),
      })),
    ),
  "POST /control/campaigns": ({ body, atMs }, { store }) => {
    store.add(decodeSeedCampaign(parseJson(body)), atMs);
    return emptyAnswer(204);
  },
};

/** What people and scripts steer the simulator with. It has no key: the simulator listens on loopback. */
export function answerControl(request: RecordedRequest, parts: ControlParts): Answer {
  const control = CONTROLS[`${request.method} ${request.path}`];
  if (control === undefined) return json(404, { error: "no such control", accepted: Object.keys(CONTROLS) });
  try {
    return control(request, parts);
  } catch (error) {
    if (!(error instanceof ControlInputError)) throw error;
    return json(400, { error: error.message, accepted: error.accepted });
  }
}

function json(status: number, body: unknown): Answer {
  return jsonAnswer(status, body, JSON_TYPE);
}

/** Somebody may try the simulator with a real key: it is not shown to whoever asks. */
function withoutKey(request: RecordedRequest): RecordedRequest {
  const { authorization } = request.headers;
  if (authorization === undefined) return request;
  const scheme = authorization.split(" ")[0] ?? "";
  return { ...request, headers: { ...request.headers, authorization: `${scheme} (hidden)` } };
}
