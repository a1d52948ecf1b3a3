import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import { readJsonBody } from "../../src/server/read-body.js";

test("a content type with much room in it is looked through once", async () => {
  // More than any setting permits: to look from each blank to the end would take a minute.
  const contentType = `application/json;${" ".repeat(350_000)}x`;
  const server = createServer({ maxHeaderSize: 1_000_000 }, async (request, response) => {
    response.end(JSON.stringify(await readJsonBody(request, 1_024)));
  }).listen(0, "127.0.0.1");
  try {
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const headers = { "content-type": contentType };
    const response = await fetch(`http://127.0.0.1:${port}`, { method: "POST", headers, body: "[1]" });
    expect(await response.json()).toEqual([1]);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
