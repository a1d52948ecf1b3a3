import type { RunEnd } from "../../src/server/equal-queries.js";
import type { TestGateway } from "./gateway.js";

export type CompiledRuns = Readonly<Record<RunEnd, number>>;

/** How many operations that were known were answered until now, by how. The gateway has to have been started with `METRICS_PORT: "0"`. */
export async function compiledRuns({ logs }: Pick<TestGateway, "logs">): Promise<CompiledRuns> {
  const url = logs.find(({ msg }) => msg === "metrics")?.["url"];
  const text = await (await fetch(String(url))).text();
  const count = (end: string) =>
    Number(new RegExp(`compiled_operations_total{end="${end}"} (\\d+)`).exec(text)?.[1] ?? 0);
  return { done: count("done"), left: count("left"), repeated: count("repeated"), shared: count("shared") };
}
