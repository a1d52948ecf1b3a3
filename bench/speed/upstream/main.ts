import { createServer, type Socket } from "node:net";
import { Answers } from "./answers.ts";

// An entry point: a Klaviyo that costs next to nothing. It speaks just enough HTTP for undici and Node, one request after the
// other on a connection, so that it never is what a benchmark measures.
const answers = new Answers();
let calls = 0;
let latencyMs = 0;

function serve(socket: Socket): void {
  let waiting = "";
  socket.setNoDelay(true);
  socket.setEncoding("latin1");
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    waiting += String(chunk);
    for (let end = endOfRequest(waiting); end > 0; end = endOfRequest(waiting)) {
      const request = waiting.slice(0, end);
      waiting = waiting.slice(end);
      answer(socket, request);
    }
  });
}

/** @returns 0 while it has not all arrived */
function endOfRequest(text: string): number {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return 0;
  if (text.startsWith("GET")) return headEnd + 4;
  const length = /content-length: *(\d+)/i.exec(text)?.[1] ?? "0";
  const end = headEnd + 4 + Number(length);
  return text.length >= end ? end : 0;
}

function answer(socket: Socket, request: string): void {
  const [method = "", target = ""] = request.slice(0, request.indexOf("\r\n")).split(" ", 2);
  if (target.startsWith("/control")) return send(socket, 200, control(target));
  calls += 1;
  const found = answers.answer(method, target);
  if (!found) return send(socket, 404, "{}");
  if (latencyMs === 0) return send(socket, found.status, found.body);
  setTimeout(() => send(socket, found.status, found.body), latencyMs);
}

/** `/control?latencyMs=20` begins a measurement: with that latency, and counting from nought. It says what was counted until then. */
function control(target: string): string {
  const counted = calls;
  const given = /latencyMs=(\d+)/.exec(target)?.[1];
  if (given !== undefined) {
    latencyMs = Number(given);
    calls = 0;
    answers.forgetCancels();
  }
  return JSON.stringify({ calls: counted });
}

function send(socket: Socket, status: number, body: string): void {
  if (!socket.writable) return;
  if (status === 204) return void socket.write("HTTP/1.1 204 No Content\r\n\r\n");
  const head = `HTTP/1.1 ${status} OK\r\ncontent-type: application/vnd.api+json\r\ncontent-length: ${body.length}\r\n\r\n`;
  // All of it is ASCII, so there are as many bytes as characters.
  socket.write(head + body, "latin1");
}

const server = createServer(serve).listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") console.log(`upstream on http://127.0.0.1:${address.port}`);
});
