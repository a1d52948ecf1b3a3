import { isDeepStrictEqual } from "node:util";
import type { Contestant } from "./contestants.ts";
import { graphqlRequest, getRequest } from "./load/http-request.ts";
import { askOnce } from "./load/run-load.ts";
import type { Runner } from "./stage.ts";
import type { Question, Workload } from "./workloads.ts";

/** The bytes that a contestant is asked with; undefined for what it cannot be asked. */
export function requestOf({ contestant }: Runner, workload: Workload, index: number): string | undefined {
  if (contestant.isRaw) {
    const target = workload.target?.(index);
    return target && getRequest(target);
  }
  const question = questionOf(contestant, workload, index);
  return question && graphqlRequest(question.query, question.variables);
}

function questionOf({ questions }: Contestant, workload: Workload, index: number): Question | undefined {
  if (questions) return questions[workload.name]?.(index);
  return { query: workload.query, variables: workload.variables(index), data: workload.data(index) };
}

/** Whoever answers something else is not timed. @returns what is wrong */
export async function faultOf(runner: Runner, workload: Workload, index: number): Promise<string | undefined> {
  const request = requestOf(runner, workload, index);
  if (request === undefined) return "it cannot be asked in one request";
  const { status, body } = await askOnce(runner.port, request);
  const answer = parsed(body);
  if (status !== 200 || answer === undefined) return `it answered ${status}: ${body.slice(0, 300)}`;
  if (runner.contestant.isRaw) return answer.data === undefined ? "it passed no document on" : undefined;
  const isRight =
    answer.errors === undefined && isDeepStrictEqual(answer.data, questionOf(runner.contestant, workload, index)?.data);
  return isRight ? undefined : `it answered something else: ${body.slice(0, 300)}`;
}

function parsed(body: string): { readonly data?: unknown; readonly errors?: unknown } | undefined {
  try {
    return JSON.parse(body) as object;
  } catch {
    return undefined;
  }
}
