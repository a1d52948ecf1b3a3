import { expect, test } from "@jest/globals";
import { parse } from "graphql";
import { createDocumentStore, DOCUMENTS_LIMIT_BYTES } from "../../src/server/parsed-documents.js";
import { liveHeapBytes } from "../fuzz/heap.js";

test.each([
  ["fields", (n: number) => `query Q${n} { ${"id ".repeat(1_000)} }`],
  ["operations", (n: number) => `${Array.from({ length: 50 }, (_, at) => `query Q${n}_${at} { ...F }`).join(" ")}`],
])("documents of many %s take no more than they may, and the latest are there", async (_what, textOf) => {
  const store = createDocumentStore();
  const before = liveHeapBytes();
  for (let n = 0; n < 500; n++) await store?.set(`${n}`, parse(textOf(n)));
  expect(await store?.get("499")).toBeDefined();
  expect(await store?.get("0")).toBeUndefined();
  expect(liveHeapBytes() - before).toBeLessThan(DOCUMENTS_LIMIT_BYTES * 1.2);
});
