import { describe, expect, test } from "@jest/globals";
import { createDemoCampaigns } from "../../src/simulator/seeds.js";
import { listPath, start, type Started } from "./start-simulator.js";

const startDemo = (): Promise<Started> => start({ campaigns: createDemoCampaigns(), limits: "off" });

describe("the demo campaigns", () => {
  test("are all found by listing the three channels, archived ones on request", async () => {
    const { call } = await startDemo();
    const found = new Set<unknown>();
    for (const channel of ["email", "sms", "mobile_push"]) {
      for (const archived of ["true", "false"]) {
        const { json } = await call(listPath(`equals(messages.channel,"${channel}"),equals(archived,${archived})`));
        for (const { id } of json["data"] as unknown as readonly { id: unknown }[]) found.add(id);
      }
    }
    expect([...found].toSorted()).toEqual(
      createDemoCampaigns()
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test("have ids that a gateway lets through", () => {
    expect(createDemoCampaigns().filter(({ id }) => !/^01J[A-Z0-9]{23}$/.test(id))).toEqual([]);
  });

  test("keep the wrong price going for half an hour unless somebody stops it", async () => {
    const { simulator, clock } = await startDemo();
    clock.advance(30 * 60_000 - 1);
    expect(simulator.statusOf("01JDEMOSENDING00000000000A")).toBe("Sending");
    clock.advance(1);
    expect(simulator.statusOf("01JDEMOSENDING00000000000A")).toBe("Sent");
  });

  test("walk one campaign through every state of a send", async () => {
    const { simulator, clock } = await startDemo();
    const seen = new Set<string | undefined>();
    for (let second = 0; second <= 120; second += 1) {
      seen.add(simulator.statusOf("01JDEMOWALKING00000000000A"));
      clock.advance(1_000);
    }
    expect([...seen]).toEqual(["Queued without Recipients", "Adding Recipients", "Scheduled", "Sending", "Sent"]);
  });

  test("speak only of what an account has that nobody seeded", async () => {
    const { call } = await startDemo();
    for (const seed of createDemoCampaigns()) {
      const { included = [], excluded = [] } = seed.audiences ?? {};
      for (const id of [...included, ...excluded]) {
        const statuses = [(await call(`/api/lists/${id}`)).status, (await call(`/api/segments/${id}`)).status];
        expect([id, statuses.toSorted()]).toEqual([id, [200, 404]]);
      }
      for (const { templateId, imageId } of seed.messages ?? []) {
        if (templateId !== undefined) expect((await call(`/api/templates/${templateId}`)).status).toBe(200);
        if (imageId !== undefined) expect((await call(`/api/images/${imageId}`)).status).toBe(200);
      }
    }
  });
});
