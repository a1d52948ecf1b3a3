import { expect, test } from "@jest/globals";
import type { RecordedRequest } from "../../src/simulator/simulator.js";
import { startGateway } from "../support/gateway.js";
import { describeIfDocument } from "./openapi-document.js";
import { OpenApiRequestChecker } from "./openapi-requests.js";

const JSON_API = "application/vnd.api+json";
const HEADERS = { accept: JSON_API, revision: "2026-07-15", authorization: "Klaviyo-API-Key pk_test" };

interface Parts extends Partial<Omit<RecordedRequest, "body">> {
  readonly body?: unknown;
}

function request({ headers, body, ...parts }: Parts): RecordedRequest {
  const all = { ...HEADERS, ...(body !== undefined && { "content-type": JSON_API }), ...headers };
  const text = body === undefined ? "" : JSON.stringify(body);
  return { method: "GET", path: "/api/campaigns/A", query: "", atMs: 0, ...parts, headers: all, body: text };
}

const list = (query: string) => request({ path: "/api/campaigns", query: new URLSearchParams(query).toString() });
const listed = (filter: string, more: object = {}) =>
  request({ path: "/api/campaigns", query: new URLSearchParams({ filter, ...more }).toString() });

const EMAILS = `equals(messages.channel,"email")`;
const PATCH = { method: "PATCH", path: "/api/campaign-send-jobs/A" };
const cancelBody = (attributes: object) => ({ data: { type: "campaign-send-job", id: "A", attributes } });
const OLD = { accept: "application/json", "content-type": "application/json", revision: "2023-02-22" };

describeIfDocument("every request of the gateway against Klaviyo's OpenAPI document", () => {
  const checker = () => new OpenApiRequestChecker();

  test.each([
    ["a read", request({ query: "fields[campaign]=name,status&include=tags&fields[tag]=id" })],
    ["a list", listed(`and(${EMAILS},any(id,["A"]),greater-than(created_at,2026-01-01T00:00:00Z))`, { sort: "-name" })],
    ["a cancel", request({ ...PATCH, body: cancelBody({ action: "cancel" }) })],
    [
      "an old cancel",
      request({ ...PATCH, path: `${PATCH.path}/`, headers: OLD, body: cancelBody({ action: "revert" }) }),
    ],
  ])("has nothing against %s", (_, valid) => {
    expect(checker().faultsOf(valid)).toEqual([]);
  });

  test.each<[string, RecordedRequest, string]>([
    ["another path", request({ path: "/api/campaign/A" }), "no such operation is in the document"],
    ["another method", request({ method: "PUT" }), "no such operation is in the document"],
    ["a slash at the end", request({ path: "/api/campaigns/A/" }), "no such operation is in the document"],
    ["an id that is none", request({ path: "/api/campaigns/.." }), "no such operation is in the document"],
    ["another parameter", request({ query: "colour=red" }), "colour is no parameter of get_campaign"],
    ["a parameter twice", request({ query: "include=tags&include=tags" }), "include twice"],
    ["a field that is none", request({ query: "fields[campaign]=name,colour" }), "fields[campaign]: colour"],
    ["an empty fieldset", request({ query: "fields[campaign]=" }), "fields[campaign]: "],
    ["an include that is none", request({ query: "include=lists" }), "include: lists"],
    ["another order", listed(EMAILS, { sort: "status" }), "sort: status"],
    ["too large a page", listed(EMAILS, { "page[size]": "101" }), "page[size]: 101"],
    ["no filter where there must be one", list(""), "no filter"],
    ["a filter that cannot be read", listed("equals(messages.channel"), "filter: FilterSyntaxError"],
    ["a filter by another field", listed(`equals(colour,"red")`), "filter: colour is no field of it"],
    ["another operator", listed(`contains(status,"Sent")`), "filter: contains of status with a string"],
    ["a status that is none", listed(`equals(status,"Gone")`), "filter: status with Gone"],
    ["a quoted time", listed(`greater-than(created_at,"2026-01-01")`), "filter: created_at with 2026-01-01"],
    ["a text for a flag", listed(`equals(archived,"true")`), "filter: archived with true"],
    ["no key", request({ headers: { authorization: "" } }), "no key"],
    ["another media type", request({ headers: { accept: "text/html" } }), "accept: text/html"],
    ["a read at an old revision", request({ headers: { ...OLD } }), "get_campaign at revision 2023-02-22"],
    [
      "an old cancel in the new form",
      request({ ...PATCH, headers: OLD, body: cancelBody({}) }),
      "the path does not have",
    ],
    ["a body that is not declared", request({ body: {} }), "a body where none is declared"],
    ["no body", request(PATCH), "no body"],
    [
      "an action that is none",
      request({ ...PATCH, body: cancelBody({ action: "stop" }) }),
      "body/data/attributes/action",
    ],
    [
      "a member that is none",
      request({ ...PATCH, body: cancelBody({ action: "cancel", a: 1 }) }),
      "body/data/attributes",
    ],
  ])("finds %s", (_, broken, fault) => {
    expect(checker().faultsOf(broken).join("\n")).toContain(fault);
  });

  test("a gateway that sent such a request cannot be closed without an error", async () => {
    const gateway = await startGateway();
    const headers = { ...HEADERS, "user-agent": "klaviyo-campaigns-gateway" };
    await fetch(`${gateway.simulatorUrl}/api/campaigns/A?include=lists`, { headers });
    await expect(gateway.close()).rejects.toThrow("GET /api/campaigns/A?include=lists at 2026-07-15: include: lists");
  });
});
