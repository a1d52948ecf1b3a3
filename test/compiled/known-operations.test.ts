import { expect, test } from "@jest/globals";
import { liveHeapBytes } from "../fuzz/heap.js";
import { post, startGateway } from "../support/gateway.js";

test("names that no operation of a document has are not remembered", async () => {
  await using gateway = await startGateway();
  let count = 0;
  const askMuch = async () => {
    for (let k = 0; k < 40; k++) {
      const operationName = `Name${count++}_`.repeat(30_000);
      const { body } = await post(gateway.url, { query: "query Known { __typename }", operationName });
      expect(body.errors).toHaveLength(1);
    }
  };
  await askMuch();
  const before = liveHeapBytes();
  await askMuch();
  await askMuch();
  // Together they have 17 million characters.
  expect(liveHeapBytes() - before).toBeLessThan(5_000_000);
});
