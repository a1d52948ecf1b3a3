import { describe, expect, test } from "@jest/globals";
import { queriesTo } from "../support/answers.js";
import { wire } from "../support/cancel.js";
import { startGateway } from "../support/gateway.js";

describe("tag groups", () => {
  test("are listed, a call a page", async () => {
    await using gateway = await startGateway({ simulator: { account: { tagGroups: groups(26) } } });
    const page = `query ($after: String) { tagGroups(after: $after) { nodes { id exclusive } endCursor } }`;
    const first = (await gateway.query(page)).body.data.tagGroups;
    const second = (await gateway.query(page, { after: first.endCursor })).body.data.tagGroups;
    const ids = [...first.nodes, ...second.nodes].map(({ id }: { id: string }) => id);
    expect(ids.toSorted()).toEqual(
      groups(26)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(second.endCursor).toBeNull();
    const [query, following] = queriesTo(gateway, "/api/tag-groups");
    expect(query).toBe("fields[tag-group]=exclusive");
    expect(following).toContain("page[cursor]=");
  });

  test("are found by their ids, or null", async () => {
    await using gateway = await startGateway({ simulator: { account: { tagGroups: groups(2) } } });
    const { body } = await gateway.query(`{ tagGroup(id: "G1") { name isDefault } gone: tagGroup(id: "G9") { name } }`);
    expect(body).toEqual({ data: { tagGroup: { name: "Group 1", isDefault: false }, gone: null } });
  });

  test("go on after no cursor but their own", async () => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(`{ tagGroups(after: "nonsense") { endCursor } }`);
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "after" }] });
    expect(wire(gateway)).toEqual([]);
  });
});

function groups(count: number) {
  return Array.from({ length: count }, (_, n) => ({ id: `G${n}`, name: `Group ${n}`, isDefault: n === 0 }));
}
