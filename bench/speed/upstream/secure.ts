import { createSecureServer } from "node:http2";

// An entry point: an upstream that speaks HTTP/1.1 and HTTP/2 over TLS, and always says the same: one campaign, as Klaviyo sends it.
const { TLS_KEY: key, TLS_CERT: cert } = process.env;
if (key === undefined || cert === undefined)
  throw new Error("TLS_KEY and TLS_CERT must hold a key and its certificate.");
const attributes = { name: "Autumn sale, second reminder", status: "Sending" };
const body = JSON.stringify({ data: { type: "campaign", id: "01JBENCHR00000000000000000", attributes } });
const headers = { "content-type": "application/vnd.api+json", "content-length": Buffer.byteLength(body) };

const server = createSecureServer({ key, cert, allowHTTP1: true }, (_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") console.log(`upstream on https://localhost:${address.port}`);
});
