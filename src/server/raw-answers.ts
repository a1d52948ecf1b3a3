import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { EVERY_ANSWER } from "./every-answer.js";
import type { ExpectedAnswers } from "./expected-answers.js";
import { errorBody, HttpError, JSON_CONTENT_TYPE, sendHttpError } from "./http-error.js";
import type { HttpLimits } from "./http-limits.js";

/** How long a client may take to read an answer after which there is nothing more to say. */
const LAST_READ_MS = 1_000;

/** Answers what is no request, or stopped being one in the middle. Where there is no response object, it writes bytes. */
export class RawAnswers {
  /** Connections that have broken off. More of the same may come in, and is not answered again. */
  private readonly broken = new WeakSet<Duplex>();

  /** @param newRequestId told of each answer that is none to a request */
  constructor(
    private readonly expected: ExpectedAnswers,
    private readonly limits: HttpLimits,
    private readonly newRequestId: (status: number) => string,
  ) {}

  /** What came on a connection cannot be understood, or does not come at all. */
  onError(socket: Duplex, error: NodeJS.ErrnoException): void {
    if (this.broken.has(socket)) return;
    this.broken.add(socket);
    const response = this.expected.lastOn(socket);
    if (!response || response.writableFinished) return this.send(socket, httpErrorOf(error, this.limits));
    // Whoever leaves in the middle of a request does not wait for an answer.
    if (!response.req.complete && error.code === "HPE_INVALID_EOF_STATE") return void socket.destroy();
    if (!response.req.complete) return this.answerInTheMiddle(response, error);
    // Answers are told apart by their order alone: whoever waits for another one would take this for it.
    response.once("close", () => this.send(socket, httpErrorOf(error, this.limits)));
  }

  /** It is the last that happens on the connection, which ends soon after, whether or not its client ends it. */
  send(socket: Duplex, error: HttpError): void {
    // Node listens no more on what it hands over for a tunnel, and an error that nobody hears of ends the process.
    socket.on("error", () => socket.destroy());
    if (!socket.writable) return void socket.destroy();
    const body = errorBody(error);
    const head = [
      `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
      `Content-Type: ${JSON_CONTENT_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
      `X-Request-Id: ${this.newRequestId(error.status)}`,
      ...EVERY_ANSWER.map(([name, value]) => `${name}: ${value}`),
    ];
    if (error.status === 405) head.push("Allow: GET, POST, OPTIONS");
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
    const timer = setTimeout(() => socket.destroy(), LAST_READ_MS).unref();
    socket.once("close", () => clearTimeout(timer));
  }

  /** It is the body of that request which breaks off, so this is the request's answer, if it has none yet. */
  private answerInTheMiddle(response: ServerResponse, error: NodeJS.ErrnoException): void {
    // The first answer is on its way, and closes the connection.
    if (response.headersSent) return;
    response.setHeader("connection", "close");
    sendHttpError(response, httpErrorOf(error, this.limits));
  }
}

function httpErrorOf({ code }: NodeJS.ErrnoException, { headersLimitBytes }: HttpLimits): HttpError {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return new HttpError(431, "REQUEST_HEADER_FIELDS_TOO_LARGE", `Headers may have ${headersLimitBytes} bytes.`);
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new HttpError(408, "REQUEST_TIMEOUT", "The request did not arrive in time.");
    default:
      return new HttpError(400, "BAD_REQUEST", "This is not an HTTP request.");
  }
}
