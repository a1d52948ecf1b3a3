import { describe, expect, test } from "@jest/globals";
import { cancel, cancelPayload, ID, startWithCampaign, wire } from "../support/cancel.js";

const PLAIN_JSON = [
  "2023-02-22",
  "2023-06-15",
  "2023-07-15",
  "2023-08-15",
  "2023-09-15",
  "2023-10-15",
  "2023-12-15",
  "2024-02-15",
  "2024-05-15",
  "2024-06-15",
  "2024-07-15",
];
const JSON_API = [
  "2024-10-15",
  "2025-01-15",
  "2025-04-15",
  "2025-07-15",
  "2025-10-15",
  "2026-01-15",
  "2026-04-15",
  "2026-07-15",
];

describe("a cancel goes out in the wire form of its revision", () => {
  const published = [
    ...PLAIN_JSON.map((revision) => [revision, "application/json", "/"] as const),
    ...JSON_API.map((revision) => [revision, "application/vnd.api+json", ""] as const),
  ];
  test.each(published)("%s: %s, path ends in '%s'", async (revision, mediaType, slash) => {
    await using gateway = await startWithCampaign({}, [], { simulator: { oldestLiveRevision: "2023-02-22" } });
    expect(await cancelPayload(gateway, { revision })).toMatchObject({ outcome: "STOPPED" });
    const [patch] = gateway.simulator.requests;
    expect(patch).toMatchObject({ method: "PATCH", path: `/api/campaign-send-jobs/${ID}${slash}` });
    expect(patch?.headers).toMatchObject({ revision, "content-type": mediaType, accept: mediaType });
  });

  test("all 19 of them", () => {
    expect(published).toHaveLength(19);
  });
});

test.each(["2023-02-22", "2024-10-15"])(
  "a revision that Klaviyo has retired (%s) is REVISION_REFUSED, and not silently served by another one",
  async (revision) => {
    await using gateway = await startWithCampaign();
    const payload = await cancelPayload(gateway, { revision });
    expect(payload).toMatchObject({ outcome: "NOT_STOPPED", status: "SENDING", problem: { code: "REVISION_REFUSED" } });
    expect(payload.problem.message).toMatch(/Ask at another, such as 2026-07-15\.$/);
    expect(gateway.simulator.statusOf(ID)).toBe("Sending");
  },
);

test.each(["2026-10-15", "2026-07-15.pre", "2022-10-17", "2026-07-14", "2999-01-01"])(
  "a revision that the gateway does not know (%s) is an error that lists the supported ones, before anything is sent",
  async (revision) => {
    await using gateway = await startWithCampaign();
    const { status, body } = await cancel(gateway, { revision });
    expect(status).toBe(200);
    expect(body.data).toBeNull();
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].extensions).toMatchObject({
      code: "REVISION_NOT_SUPPORTED",
      supportedRevisions: [...PLAIN_JSON, ...JSON_API],
      fields: [{ field: "revision" }],
    });
    expect(wire(gateway)).toEqual([]);
  },
);
