import { expect, test } from "@jest/globals";
import { LoadsByQuery } from "../../src/klaviyo/loads-by-query.js";
import { attributesQuery } from "../../src/klaviyo/resource-query.js";

const NAME = attributesQuery("campaign", ["name"]);
const STATUS = attributesQuery("campaign", ["status"]);

test("a load is found by its id and an equal query, and by nothing else", () => {
  const loads = new LoadsByQuery<string>();
  loads.set({ id: "A", query: NAME }, "A's name");
  loads.set({ id: "B", query: NAME }, "B's name");
  loads.set({ id: "A", query: STATUS }, "A's status");
  const found = [
    loads.get({ id: "A", query: attributesQuery("campaign", ["name"]) }),
    loads.get({ id: "B", query: NAME }),
    loads.get({ id: "A", query: STATUS }),
    loads.get({ id: "B", query: STATUS }),
    loads.get({ id: "A", query: attributesQuery("campaign", ["name", "status"]) }),
  ];
  expect(found).toEqual(["A's name", "B's name", "A's status", undefined, undefined]);
});

test("what is deleted or cleared is not found", () => {
  const loads = new LoadsByQuery<string>();
  for (const id of ["A", "B"]) loads.set({ id, query: NAME }, id);
  loads.delete({ id: "A", query: NAME });
  loads.delete({ id: "A", query: STATUS });
  expect([loads.get({ id: "A", query: NAME }), loads.get({ id: "B", query: NAME })]).toEqual([undefined, "B"]);
  loads.clear();
  expect(loads.get({ id: "B", query: NAME })).toBeUndefined();
});
