import { describe, expect, test } from "@jest/globals";
import { answer, queriesTo, refuse } from "../support/answers.js";
import { ID, READ, wire } from "../support/cancel.js";
import { ONE_ATTEMPT, startGateway } from "../support/gateway.js";

const ESTIMATIONS = "/api/campaign-recipient-estimations";
const JOBS = "/api/campaign-recipient-estimation-jobs";

function estimation(id: string, count: unknown = 1_234) {
  return { type: "campaign-recipient-estimation", id, attributes: { estimated_recipient_count: count } };
}

function job(id: string, status: string) {
  return { type: "campaign-recipient-estimation-job", id, attributes: { status } };
}

describe("campaignRecipientEstimation", () => {
  test("counts a campaign's recipients and knows the campaign", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: [{ id: ID, name: "Sale", status: "Draft" }] } });
    answer(gateway, `${ESTIMATIONS}/${ID}`, { data: estimation(ID) });
    const { body } = await gateway.query(
      `{ campaignRecipientEstimation(id: "${ID}") { id estimatedRecipientCount campaign { name } } }`,
    );
    expect(body).toEqual({
      data: { campaignRecipientEstimation: { id: ID, estimatedRecipientCount: 1_234, campaign: { name: "Sale" } } },
    });
    expect(wire(gateway)).toEqual([`GET ${ESTIMATIONS}/${ID}`, READ]);
    expect(queriesTo(gateway, `${ESTIMATIONS}/${ID}`)).toEqual([
      "fields[campaign-recipient-estimation]=estimated_recipient_count",
    ]);
  });

  test("is null when there is none", async () => {
    await using gateway = await startGateway();
    refuse(gateway, `${ESTIMATIONS}/*`, 404);
    const { body } = await gateway.query(`{ campaignRecipientEstimation(id: "gone") { estimatedRecipientCount } }`);
    expect(body).toEqual({ data: { campaignRecipientEstimation: null } });
  });

  test.each([["1234"], [null], [12.5]])("does not make up a number from %j", async (count) => {
    await using gateway = await startGateway();
    answer(gateway, `${ESTIMATIONS}/${ID}`, { data: estimation(ID, count) });
    const { body } = await gateway.query(`{ campaignRecipientEstimation(id: "${ID}") { estimatedRecipientCount } }`);
    expect(body.data).toEqual({ campaignRecipientEstimation: null });
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_INVALID_RESPONSE");
  });
});

describe("Campaign.recipientEstimation", () => {
  test("costs a call for each campaign, and is null where Klaviyo has none", async () => {
    const campaigns = ["C0", "C1"].map((id) => ({ id, status: "Draft" }));
    await using gateway = await startGateway({ simulator: { campaigns } });
    answer(gateway, `${ESTIMATIONS}/C0`, { data: estimation("C0") });
    refuse(gateway, `${ESTIMATIONS}/C1`, 404);
    const { body } = await gateway.query(
      `{ campaigns(channel: EMAIL) { nodes { id recipientEstimation { n: estimatedRecipientCount } } } }`,
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.campaigns.nodes).toEqual(
      expect.arrayContaining([
        { id: "C0", recipientEstimation: { n: 1_234 } },
        { id: "C1", recipientEstimation: null },
      ]),
    );
    expect(wire(gateway).toSorted()).toEqual([`GET ${ESTIMATIONS}/C0`, `GET ${ESTIMATIONS}/C1`, "GET /api/campaigns"]);
  });

  test("costs the campaign nothing when it fails", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: [{ id: ID, name: "Sale", status: "Draft" }] } });
    refuse(gateway, `${ESTIMATIONS}/*`, 429);
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { name recipientEstimation { id } } }`);
    expect(body.data).toEqual({ campaign: { name: "Sale", recipientEstimation: null } });
    expect(body.errors).toMatchObject([
      { path: ["campaign", "recipientEstimation"], extensions: { code: "RATE_LIMITED", retryAfterMs: 1_000 } },
    ]);
  });
});

describe("campaignRecipientEstimationJob", () => {
  test.each([
    ["queued", "QUEUED"],
    ["processing", "PROCESSING"],
    ["complete", "COMPLETE"],
    ["cancelled", "CANCELLED"],
    ["exploded", "UNRECOGNIZED"],
    ["constructor", "UNRECOGNIZED"],
  ])("that Klaviyo calls %s is %s", async (statusText, status) => {
    await using gateway = await startGateway();
    answer(gateway, `${JOBS}/${ID}`, { data: job(ID, statusText) });
    const { body } = await gateway.query(`{ campaignRecipientEstimationJob(id: "${ID}") { id status statusText } }`);
    expect(body).toEqual({ data: { campaignRecipientEstimationJob: { id: ID, status, statusText } } });
    expect(queriesTo(gateway, `${JOBS}/${ID}`)).toEqual(["fields[campaign-recipient-estimation-job]=status"]);
  });

  test("is null when none was started", async () => {
    await using gateway = await startGateway();
    refuse(gateway, `${JOBS}/*`, 404);
    const { body } = await gateway.query(`{ campaignRecipientEstimationJob(id: "gone") { status } }`);
    expect(body).toEqual({ data: { campaignRecipientEstimationJob: null } });
  });
});

describe("_entities", () => {
  test("reads estimations and jobs, each once, with an error at its own place", async () => {
    await using gateway = await startGateway({ env: ONE_ATTEMPT });
    answer(gateway, `${ESTIMATIONS}/C0`, { data: estimation("C0") });
    refuse(gateway, `${ESTIMATIONS}/C1`, 503);
    answer(gateway, `${JOBS}/C0`, { data: job("C0", "complete") });
    const all = [
      { __typename: "CampaignRecipientEstimation", id: "C0" },
      { __typename: "CampaignRecipientEstimation", id: "C1" },
      { __typename: "CampaignRecipientEstimation", id: "C0" },
      { __typename: "CampaignRecipientEstimationJob", id: "C0" },
    ];
    const { body } = await gateway.query(
      `query ($all: [_Any!]!) {
        _entities(representations: $all) {
          ... on CampaignRecipientEstimation { estimatedRecipientCount }
          ... on CampaignRecipientEstimationJob { status }
        }
      }`,
      { all },
    );
    const counted = { estimatedRecipientCount: 1_234 };
    expect(body.data._entities).toEqual([counted, null, counted, { status: "COMPLETE" }]);
    expect(body.errors).toMatchObject([{ path: ["_entities", 1], extensions: { code: "UPSTREAM_UNAVAILABLE" } }]);
    expect(wire(gateway).toSorted()).toEqual([`GET ${JOBS}/C0`, `GET ${ESTIMATIONS}/C0`, `GET ${ESTIMATIONS}/C1`]);
  });
});
