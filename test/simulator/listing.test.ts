import { describe, expect, test } from "@jest/globals";
import { type JsonValue, listPath, type Reply, start, type Started } from "./start-simulator.js";

const EMAIL = "equals(messages.channel,'email')";

const CAMPAIGNS = [
  { id: "a", name: 'It\'s "new"', status: "Draft", createdAt: "2026-01-01T00:00:00Z" },
  { id: "b", name: "Summer sale", status: "Sent", createdAt: "2026-02-01T00:00:00Z" },
  { id: "c", name: "summer shoes", status: "Scheduled", createdAt: "2026-03-01T00:00:00Z" },
  { id: "d", name: "Old", status: "Sent", archived: true, createdAt: "2026-04-01T00:00:00Z" },
  { id: "e", name: "Text", status: "Sent", channel: "sms", createdAt: "2026-05-01T00:00:00Z" },
  { id: "f", name: "Push", status: "Sending", channel: "mobile_push", createdAt: "2026-06-01T00:00:00Z" },
] as const;

const withCampaigns = (): Promise<Started> => start({ campaigns: CAMPAIGNS });

function idsOf(answer: Reply): readonly unknown[] {
  const data = answer.json["data"] as unknown as readonly JsonValue[] | undefined;
  return data?.map((resource) => resource["id"]) ?? [answer.text];
}

describe("filters", () => {
  test.each([
    [EMAIL, "abc"],
    ['equals(messages.channel,"sms")', "e"],
    ["equals(messages.channel,'mobile_push')", "f"],
    [`${EMAIL},equals(archived,true)`, "d"],
    [`${EMAIL},equals(archived,false)`, "abc"],
    [`and(${EMAIL},any(id,["b","e","zz","a"]))`, "ab"],
    [`and(${EMAIL},any(id,[]))`, ""],
    [`and(${EMAIL},and(equals(status,"Sent"),contains(name,'sale')))`, "b"],
    [`${EMAIL},contains(name,"Summer")`, "b"],
    [`${EMAIL},contains(name,"ummer")`, "bc"],
    [`${EMAIL},contains(name,'It\\'s "new"')`, "a"],
    [`${EMAIL},contains(name,"It's \\"new\\"")`, "a"],
    [`${EMAIL},any(status,["Draft","Scheduled"])`, "ac"],
    [`${EMAIL},equals(status,["Sent"])`, "b"],
    [`${EMAIL},greater-than(created_at,2026-02-01T00:00:00Z)`, "c"],
    [`${EMAIL},greater-or-equal(created_at,2026-02-01T01:00:00+01:00)`, "bc"],
    [`${EMAIL},less-than(created_at,2026-02-01)`, "a"],
    [`${EMAIL},less-or-equal(created_at,2026-02-01T00:00:00)`, "ab"],
    [`${EMAIL},less-than(scheduled_at,2030-01-01T00:00:00Z)`, "bc"],
    [` and( ${EMAIL} , equals( status , "Sent" ) ) `, "b"],
    [`${EMAIL},equals(messages.channel,"sms")`, ""],
  ])("%s finds %j", async (filter, ids) => {
    const { call } = await withCampaigns();
    const answer = await call(listPath(filter, { sort: "id" }));
    expect(idsOf(answer)).toEqual([...ids]);
  });

  test.each([
    "",
    "equals(status,'Sent')",
    `any(id,["a"])`,
    `${EMAIL},any(id,'a')`,
    `${EMAIL},equals(id,"a")`,
    `${EMAIL},equals(name,"a")`,
    `${EMAIL},equals(colour,"a")`,
    `${EMAIL},equals(constructor,"a")`,
    `${EMAIL},equals(status,"SENT")`,
    `${EMAIL},equals(status,Sent)`,
    `${EMAIL},equals(archived,"true")`,
    `${EMAIL},greater-than(created_at,"2026-02-01T00:00:00Z")`,
    `${EMAIL},greater-than(created_at,2026-13-01T00:00:00Z)`,
    `${EMAIL},equals(created_at,2026-02-01T00:00:00Z)`,
    `equals(messages.channel,"fax")`,
    `any(messages.channel,["email"])`,
    `or(${EMAIL},equals(status,"Sent"))`,
    `not(${EMAIL})`,
    `${EMAIL},`,
    `${EMAIL})`,
    `and(${EMAIL}`,
    `and(${EMAIL},contains(name,"open)`,
    `${EMAIL},any(id,["a",])`,
    `${EMAIL},any(id,["a"`,
    `and()`,
    "equals",
  ])("%j is refused as an illegal filter", async (filter) => {
    const { call } = await withCampaigns();
    const answer = await call(listPath(filter));
    expect([answer.status, answer.json["errors"]?.[0]?.["source"]]).toEqual([400, { parameter: "filter" }]);
  });

  test("no filter at all is refused, because a channel is required", async () => {
    const { call } = await withCampaigns();
    const answer = await call("/api/campaigns");
    expect(answer.json["errors"]?.[0]).toMatchObject({
      status: 400,
      source: { parameter: "filter" },
      detail: expect.stringContaining("channel"),
    });
  });

  test("the status that is filtered by is that of the moment", async () => {
    const timeline = [{ afterMs: 1_000, status: "Sent" }];
    const { call, clock } = await start({ campaigns: [{ id: "a", status: "Sending", timeline }] });
    const path = listPath(`${EMAIL},equals(status,"Sent")`);
    const before = idsOf(await call(path));
    clock.advance(1_000);
    expect([before, idsOf(await call(path))]).toEqual([[], ["a"]]);
  });
});

describe("order", () => {
  test.each([
    ["created_at", "abc"],
    ["-created_at", "cba"],
    ["name", "abc"],
    ["-name", "cba"],
    ["-id", "cba"],
    ["scheduled_at", "abc"],
    ["-scheduled_at", "cba"],
  ])("by %s is %s", async (sort, ids) => {
    const { call } = await withCampaigns();
    expect(idsOf(await call(listPath(EMAIL, { sort })))).toEqual([...ids]);
  });

  test("is by creation, newest first, when none is asked for", async () => {
    const { call } = await withCampaigns();
    expect(idsOf(await call(listPath(EMAIL)))).toEqual(["c", "b", "a"]);
  });

  test.each(["status", "+name", "name,id"])("by %s is refused", async (sort) => {
    const { call } = await withCampaigns();
    const answer = await call(listPath(EMAIL, { sort }));
    expect(answer.json["errors"]?.[0]?.["source"]).toEqual({ parameter: "sort" });
  });
});

describe("pages", () => {
  const seven = [..."gfedcba"].map((id) => ({ id, status: "Draft" }));
  const path = listPath(EMAIL, { "page[size]": "3", sort: "id", "fields[campaign]": "name" });

  /** Follows a link by its path, as a client that trusts absolute URLs would. */
  const follow = ({ call, url }: Started, answer: Reply, rel: string) =>
    call(String(answer.json["links"]?.[rel]).replace(url, ""));

  test("are walked forth and back by absolute links that keep every parameter", async () => {
    const started = await start({ campaigns: seven });
    const first = await started.call(path);
    const second = await follow(started, first, "next");
    const third = await follow(started, second, "next");
    const back = await follow(started, third, "prev");
    expect([first, second, third, back].map((answer) => idsOf(answer).join(""))).toEqual(["abc", "def", "g", "def"]);
    expect(third.json["data"]?.[0]?.["attributes"]).toEqual({ name: "Campaign g" });
    expect(first.json["links"]).not.toHaveProperty("prev");
    expect(third.json["links"]).not.toHaveProperty("next");
    expect(String(first.json["links"]?.["self"])).toBe(`${started.url}${path}`);
  });

  test("neither repeat nor skip anything when a campaign is added in between", async () => {
    const started = await start({ campaigns: seven });
    const first = await started.call(path);
    started.simulator.addCampaign({ id: "aa", status: "Draft" });
    expect(idsOf(await follow(started, first, "next"))).toEqual(["d", "e", "f"]);
  });

  test("a cursor is not bound to the filter it came from", async () => {
    const started = await start({ campaigns: seven });
    const first = await started.call(path);
    const cursor = new URL(String(first.json["links"]?.["next"])).searchParams.get("page[cursor]") ?? "";
    const filter = `${EMAIL},any(id,["a","e"])`;
    expect(idsOf(await started.call(listPath(filter, { sort: "id", "page[cursor]": cursor })))).toEqual(["e"]);
  });

  test("hold a hundred campaigns when no size is given", async () => {
    const campaigns = Array.from({ length: 101 }, (_, index) => ({ id: `id-${index}`, status: "Draft" }));
    const { call } = await start({ campaigns });
    expect(idsOf(await call(listPath(EMAIL)))).toHaveLength(100);
  });

  test.each([
    ["page[size]", "0"],
    ["page[size]", "101"],
    ["page[size]", "ten"],
    ["page[size]", ""],
    ["page[cursor]", "nonsense"],
    ["page[cursor]", ""],
    ["page[number]", "2"],
  ])("%s=%s is refused by name", async (parameter, value) => {
    const { call } = await withCampaigns();
    const answer = await call(listPath(EMAIL, { [parameter]: value }));
    expect([answer.status, answer.json["errors"]?.[0]?.["source"]]).toEqual([400, { parameter }]);
  });
});
