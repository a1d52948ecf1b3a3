import { PROBLEM } from "./writes.js";

export const SEND = `mutation ($id: ID!) { sendCampaign(id: $id) { ${PROBLEM} sendJob { id status } campaign { status } } }`;
export const SEND_ONLY = `mutation ($id: ID!) { sendCampaign(id: $id) { ${PROBLEM} sendJob { id status } } }`;

export const SEND_LINE = "POST /api/campaign-send-jobs";
