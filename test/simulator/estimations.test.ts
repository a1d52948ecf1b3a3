import { describe, expect, test } from "@jest/globals";
import { estimationBody, patch, post, updateBody } from "./campaign-bodies.js";
import { attributesOf, faultsOf } from "./read-answer.js";
import { aCampaign, CAMPAIGN_ID, start, type Started } from "./start-simulator.js";

const COUNT = `/api/campaign-recipient-estimations/${CAMPAIGN_ID}`;
const JOBS = "/api/campaign-recipient-estimation-jobs";
const JOB = `${JOBS}/${CAMPAIGN_ID}`;

const countOf = async ({ call }: Started) => attributesOf(await call(COUNT))["estimated_recipient_count"];
const jobOf = async ({ call }: Started) => attributesOf(await call(JOB))["status"];
const refresh = ({ call }: Started) => call(JOBS, post(estimationBody(CAMPAIGN_ID)));

describe("the estimation of recipients", () => {
  test("is the members of the audiences, less the excluded ones", async () => {
    const audiences = { included: ["Y6nRLr", "VbM7aD"], excluded: ["UTd5ui"] };
    expect(await countOf(await start({ campaigns: [aCampaign({ audiences })] }))).toBe(4_200 + 780 - 300);
  });

  test("goes stale when the audiences change, until a job has refreshed it", async () => {
    const started = await start({ campaigns: [aCampaign({ status: "Draft" })] });
    const change = updateBody(CAMPAIGN_ID, { audiences: { included: ["Xk2PqW"] } });
    await started.call(`/api/campaigns/${CAMPAIGN_ID}`, patch(change));
    const seen: unknown[] = [[await countOf(started)]];
    expect((await refresh(started)).status).toBe(202);
    for (const ms of [0, 1_000, 2_000]) {
      started.clock.advance(ms);
      seen.push([await jobOf(started), await countOf(started)]);
    }
    expect(seen).toEqual([[4_200], ["queued", 4_200], ["processing", 4_200], ["complete", 950]]);
  });

  test("is what the seed says, before and after a refresh", async () => {
    const campaigns = [aCampaign({ estimatedRecipients: 10, refreshedRecipients: 20 })];
    const started = await start({ campaigns });
    const before = await countOf(started);
    await refresh(started);
    started.clock.advance(3_000);
    expect([before, await countOf(started)]).toEqual([10, 20]);
  });

  test("a second request neither restarts a running job nor is refused", async () => {
    const started = await start();
    await refresh(started);
    started.clock.advance(2_000);
    expect(attributesOf(await refresh(started))["status"]).toBe("processing");
    started.clock.advance(1_000);
    expect([await jobOf(started), attributesOf(await refresh(started))["status"]]).toEqual(["complete", "queued"]);
  });

  test("a job that nobody started does not exist, nor does that of an unknown campaign", async () => {
    const { call } = await start();
    const answers = [await call(JOB), await call(`${JOBS}/zz`), await call(JOBS, post(estimationBody("zz")))];
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404]);
    expect(faultsOf(await call(JOBS, post({ data: { type: "campaign", id: CAMPAIGN_ID } })))).toEqual([
      400,
      "/data/type",
    ]);
  });
});
