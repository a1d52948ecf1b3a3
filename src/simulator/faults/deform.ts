import type { Answer } from "../http/answer.js";
import { isObject } from "../json.js";
import { JSON_API_TYPE } from "../rules/wire-form.js";

/** A 204 has no body to spoil: a 200 with a small document stands in for it. */
export function stalledBody(answer: Answer): Required<Answer> {
  if (answer.body !== undefined) return { ...answer, body: answer.body };
  return { status: 200, headers: { "Content-Type": JSON_API_TYPE }, body: '{"data":null}' };
}

export function truncatedBody(answer: Answer): Answer {
  const whole = stalledBody(answer);
  return { ...whole, body: whole.body.slice(0, Math.floor(whole.body.length / 2)) };
}

/** Valid JSON of about that size, so that only a limit on the size can refuse it. */
export function hugeBody(bytes: number): Answer {
  const frame = '{"data":null,"meta":{"padding":""}}';
  const padding = "x".repeat(Math.max(0, bytes - frame.length));
  return {
    status: 200,
    headers: { "Content-Type": JSON_API_TYPE },
    body: `{"data":null,"meta":{"padding":"${padding}"}}`,
  };
}

export function wrongId(answer: Answer): Answer {
  const { body } = answer;
  const document: unknown = body === undefined ? undefined : JSON.parse(body);
  if (!isObject(document)) return answer;
  const { data } = document;
  const wrong = Array.isArray(data) ? data.map(withWrongId) : withWrongId(data);
  return { ...answer, body: JSON.stringify({ ...document, data: wrong }) };
}

function withWrongId(resource: unknown): unknown {
  return isObject(resource) ? { ...resource, id: `WRONG${String(resource["id"])}` } : resource;
}
