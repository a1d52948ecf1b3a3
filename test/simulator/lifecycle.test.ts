import { expect, test } from "@jest/globals";
import {
  assignBody,
  cloneBody,
  createBody,
  estimationBody,
  messageBody,
  patch,
  post,
  updateBody,
} from "./campaign-bodies.js";
import { attributesOf, idOf, idsOf } from "./read-answer.js";
import { listPath, sendBody, start, stopBody } from "./start-simulator.js";

const EMAILS = listPath("equals(messages.channel,'email')", { sort: "created_at" });

test("a campaign lives from its creation to its deletion, and every answer agrees with the ones before", async () => {
  const { call, clock } = await start({ campaigns: [] });

  const created = await call("/api/campaigns", post(createBody({ name: "Spring" })));
  const id = idOf(created);
  const campaign = `/api/campaigns/${id}`;
  expect([created.status, attributesOf(created)["status"], idsOf(await call(EMAILS))]).toEqual([201, "Draft", [id]]);

  clock.advance(1_000);
  const changes = { name: "Summer", audiences: { included: ["Y6nRLr", "VbM7aD"] } };
  expect((await call(campaign, patch(updateBody(id, changes)))).status).toBe(200);
  expect(attributesOf(await call(campaign))).toMatchObject({
    name: "Summer",
    audiences: { included: ["Y6nRLr", "VbM7aD"], excluded: [] },
    created_at: "2026-11-22T12:00:00.000+00:00",
    updated_at: "2026-11-22T12:00:01.000+00:00",
  });

  const [messageId = ""] = idsOf(await call(`${campaign}/relationships/campaign-messages`)) as string[];
  const message = `/api/campaign-messages/${messageId}`;
  const subject = { channel: "email", content: { subject: "Sun" } };
  expect((await call(message, patch(messageBody(messageId, subject)))).status).toBe(200);
  expect((await call("/api/campaign-message-assign-template", post(assignBody(messageId)))).status).toBe(200);
  const read = await call(`${message}?include=template`);
  expect(attributesOf(read)["definition"]?.["content"]?.["subject"]).toBe("Sun");
  expect(read.json["included"]?.[0]?.["attributes"]?.["name"]).toBe("Newsletter with three articles");

  const estimation = `/api/campaign-recipient-estimations/${id}`;
  const countOf = async () => attributesOf(await call(estimation))["estimated_recipient_count"];
  expect((await call("/api/campaign-recipient-estimation-jobs", post(estimationBody(id)))).status).toBe(202);
  const stale = await countOf();
  clock.advance(3_000);
  expect([stale, await countOf()]).toEqual([4_200, 4_980]);

  expect((await call("/api/campaign-send-jobs", post(sendBody(id)))).status).toBe(202);
  clock.advance(25_000);
  expect(attributesOf(await call(campaign))["status"]).toBe("Sending");
  expect((await call(campaign, patch(updateBody(id, { name: "Too late" })))).status).toBe(400);
  expect((await call(campaign, { method: "DELETE" })).status).toBe(400);

  expect((await call(`/api/campaign-send-jobs/${id}`, patch(stopBody("cancel", id)))).status).toBe(204);
  clock.advance(1_000);
  expect(attributesOf(await call(campaign))["status"]).toBe("Cancelled");

  const clone = await call("/api/campaign-clone", post(cloneBody(id, { new_name: "Summer again" })));
  expect([clone.status, attributesOf(clone)["name"], attributesOf(clone)["status"]]).toEqual([
    201,
    "Summer again",
    "Draft",
  ]);
  const cloned = await call(`/api/campaigns/${idOf(clone)}/campaign-messages`);
  expect(cloned.json["data"]?.[0]?.["attributes"]?.["definition"]?.["content"]?.["subject"]).toBe("Sun");

  expect((await call(campaign, { method: "DELETE" })).status).toBe(204);
  expect([(await call(campaign)).status, (await call(message)).status]).toEqual([404, 404]);
  expect(idsOf(await call(EMAILS))).toEqual([idOf(clone)]);
});
