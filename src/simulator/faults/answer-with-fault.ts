import type { ServerResponse } from "node:http";
import { type Answer, withHeaders } from "../http/answer.js";
import { errorAnswer, genericError } from "../http/api-error.js";
import { writeAnswer } from "../http/write-answer.js";
import { JSON_API_TYPE } from "../rules/wire-form.js";
import { hugeBody, stalledBody, truncatedBody, wrongId } from "./deform.js";
import type { Fault, FaultAnswer } from "./fault.js";

export interface FaultParts {
  readonly response: ServerResponse;
  /** Carries the request out and gives the normal answer. */
  readonly carryOut: () => Answer;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Answers, or fails to, as the fault says. */
export async function answerWithFault(fault: Fault, parts: FaultParts): Promise<void> {
  const early = fault.applied ? parts.carryOut() : undefined;
  await perform(fault.answer, { ...parts, carryOut: () => early ?? parts.carryOut() });
}

async function perform(answer: FaultAnswer, { response, carryOut, sleep }: FaultParts): Promise<void> {
  switch (answer.kind) {
    case "status":
      return writeAnswer(response, statusAnswer(answer));
    case "html":
      return writeAnswer(response, htmlAnswer(answer.status));
    case "reset":
      return reset(response);
    case "reset-mid-body":
      return resetMidBody(response, stalledBody(carryOut()));
    case "black-hole":
      return;
    case "truncated":
      return writeAnswer(response, truncatedBody(carryOut()));
    case "slow-body":
      return writeSlowly(response, stalledBody(carryOut()), answer, sleep);
    case "delay":
      await sleep(answer.ms);
      return writeAnswer(response, carryOut());
    case "huge-body":
      return writeAnswer(response, hugeBody(answer.bytes));
    case "redirect":
      return writeAnswer(response, { status: 302, headers: { Location: answer.location } });
    case "wrong-id":
      return writeAnswer(response, wrongId(carryOut()));
  }
}

function statusAnswer(answer: Extract<FaultAnswer, { kind: "status" }>): Answer {
  const { status, body, contentType = JSON_API_TYPE } = answer;
  const usual: Readonly<Record<string, string>> = status === 429 ? { "Retry-After": "1" } : {};
  const plain = body === undefined ? errorAnswer(genericError(status), contentType) : undefined;
  const base = status === 204 ? { status, headers: {} } : plain;
  const answered = base ?? { status, headers: { "Content-Type": contentType }, body: body ?? "" };
  return withHeaders(answered, answer.headers ?? usual);
}

function htmlAnswer(status: number): Answer {
  const body = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
  return { status, headers: { "Content-Type": "text/html; charset=UTF-8" }, body };
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

function resetMidBody(response: ServerResponse, answer: Required<Answer>): void {
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": String(bytes.length) });
  // The half is on its way before the end: otherwise the client would see no answer at all.
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.socket?.destroy());
}

async function writeSlowly(
  response: ServerResponse,
  answer: Required<Answer>,
  { chunkBytes, everyMs }: { readonly chunkBytes: number; readonly everyMs: number },
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": String(bytes.length) });
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    if (at > 0) await sleep(everyMs);
    // The client may have hung up during the wait.
    if (response.destroyed) return;
    response.write(bytes.subarray(at, at + chunkBytes));
  }
  response.end();
}
