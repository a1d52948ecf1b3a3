import { faultsOfRequests } from "./accounting.ts";
import { missedGoals } from "./goals.ts";
import type { DrillOptions } from "./options.ts";
import { type Column, tableOf, titleOf } from "./table.ts";

const EXAMPLES_AT_MOST = 5;

/** What a run is said to have shown: the table, and below it everything that a number in it hides. */
export function reportOf(columns: readonly Column[], { seconds, frontends, seed, env }: DrillOptions): string {
  const conditions = `${frontends} frontends, ${seconds} s a drill, seed ${seed}, Node ${process.version}.`;
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const remarks = columns.flatMap((column) =>
    remarksOn(column).map((remark) => `- ${titleOf(column.result)}: ${remark}`),
  );
  return [
    [conditions, ...settings].join(" "),
    tableOf(columns),
    ...(remarks.length > 0 ? [remarks.join("\n")] : []),
  ].join("\n\n");
}

function remarksOn(column: Column): readonly string[] {
  const { result, summary } = column;
  const { audit, record, notes, logs } = result;
  const alarms = [...new Set([...logs.values()].flatMap((log) => log.alarms))];
  return [
    ...missedGoals(column).map((missed) => `**goal missed**: ${missed}.`),
    ...notes,
    ...some("untrue", summary.lies),
    ...some("does not add up", faultsOfRequests(record)),
    ...some("answers and audit differ", audit?.answers ?? []),
    ...some("PATCHes and audit differ", audit?.patches ?? []),
    ...some("died with the killed replica", audit?.diedWithReplica ?? []),
    ...unloggedReads(result),
    ...(Object.keys(summary.readFailures).length > 0 ? [`errors of reads: ${counts(summary.readFailures)}.`] : []),
    ...(alarms.length > 0 ? [`logged above info: ${alarms.join("; ")}.`] : []),
  ];
}

/** A second witness: each replica's own log says how many reads it answered. */
function unloggedReads({ record, logs, killed, audit }: Column["result"]): readonly string[] {
  if (!audit) return [];
  return [...logs].flatMap(([replica, { readCount }]) => {
    const answered = record.reads.answeredBy.get(replica) ?? 0;
    if (answered === readCount) return [];
    const why = killed.includes(replica) ? "; it was killed" : "";
    return [`${replica} logged ${readCount} reads, and frontends have ${answered} answers of it${why}.`];
  });
}

function some(what: string, found: readonly string[]): readonly string[] {
  if (found.length === 0) return [];
  const more = found.length > EXAMPLES_AT_MOST ? `; and ${found.length - EXAMPLES_AT_MOST} more` : "";
  return [`${what}: ${found.slice(0, EXAMPLES_AT_MOST).join("; ")}${more}.`];
}

function counts(byName: Readonly<Record<string, number>>): string {
  return Object.entries(byName)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
