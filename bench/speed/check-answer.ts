import { isDeepStrictEqual } from "node:util";
import { graphqlRequest, getRequest } from "./load/http-request.ts";
import { askOnce } from "./load/run-load.ts";
import type { Runner } from "./stage.ts";
import type { Workload } from "./workloads.ts";

/** The bytes that a contestant is asked with; undefined for what it cannot be asked. */
export function requestOf({ contestant }: Runner, workload: Workload, index: number): string | undefined {
  if (!contestant.isRaw) return graphqlRequest(workload.query, workload.variables(index));
  const target = workload.target?.(index);
  return target && getRequest(target);
}

/** Whoever answers something else is not timed. @returns what is wrong */
export async function faultOf(runner: Runner, workload: Workload, index: number): Promise<string | undefined> {
  const request = requestOf(runner, workload, index);
  if (request === undefined) return "it takes more than one call";
  const { status, body } = await askOnce(runner.port, request);
  const answer = parsed(body);
  if (status !== 200 || answer === undefined) return `it answered ${status}: ${body.slice(0, 300)}`;
  if (runner.contestant.isRaw) return answer.data === undefined ? "it passed no document on" : undefined;
  const isRight = answer.errors === undefined && isDeepStrictEqual(answer.data, workload.data(index));
  return isRight ? undefined : `it answered something else: ${body.slice(0, 300)}`;
}

function parsed(body: string): { readonly data?: unknown; readonly errors?: unknown } | undefined {
  try {
    return JSON.parse(body) as object;
  } catch {
    return undefined;
  }
}
