import { print } from "graphql";
import { SendCampaignService } from "../editing/send-campaign.service.js";
import { CallGate } from "../klaviyo/call-gate.js";
import { createDispatcher } from "../klaviyo/dispatcher.js";
import { EndpointCircuits } from "../klaviyo/endpoint-circuits.js";
import { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { MemoryAnswers } from "../klaviyo/memory-answers.js";
import { NEWEST_REVISION } from "../klaviyo/revisions.js";
import { systemClock } from "../resilience/clock.js";
import { MemoryLedger } from "../resilience/memory-ledger.js";
import { RunningWork } from "../resilience/running-work.js";
import { NO_REGISTER } from "../resilience/write-register.js";
import { CancelCampaignSendService } from "../send-jobs/cancel-campaign-send.service.js";
import { ReadBack } from "../send-jobs/read-back.js";
import { buildGatewaySchema } from "./gateway-schema.js";

/** The gateway's SDL as a composer reads it. The parts are real but idle: no resolver runs, so nothing is ever connected to. */
export function printGatewaySdl(): string {
  const clock = systemClock;
  const client = new KlaviyoClient({
    dispatcher: createDispatcher({ connections: 1, connectTimeoutMs: 0, attemptTimeoutMs: 0 }),
    origin: "https://klaviyo.invalid",
    clock,
    apiKey: () => "none",
    account: "none",
    readingRevision: NEWEST_REVISION,
    attemptTimeoutMs: 0,
    responseLimitBytes: 0,
    gate: new CallGate({ clock, ledger: new MemoryLedger(clock), limits: "off", account: "none", cancelShare: 0 }),
    circuits: new EndpointCircuits({ breaker: "off", clock, random: Math.random, onCircuit: () => {} }),
    answers: new MemoryAnswers(clock, 1),
    cache: "off",
    readAttempts: 1,
    random: Math.random,
    onAttempt: () => {},
    onRead: () => {},
  });
  const running = new RunningWork();
  const cancelCampaignSend = new CancelCampaignSendService({
    client,
    readBack: new ReadBack(client, clock),
    clock,
    random: Math.random,
    settings: { deadlineMs: 0, waitMs: 0 },
    running,
    register: NO_REGISTER,
  });
  const writes = { client, clock, random: Math.random, deadlineMs: 0, running };
  const sendCampaign = new SendCampaignService(writes);
  const { document } = buildGatewaySchema({ client, cancelCampaignSend, sendCampaign, writes });
  return `${print(document)}\n`;
}
