import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { AuditLine } from "./accounting.ts";

/** What a replica's log says of the drill. */
export interface ReplicaLog {
  readonly audits: readonly AuditLine[];
  /** Lines about requests of frontends' reads: one for each. */
  readonly readCount: number;
  /** The first lines above `info` that are not about a single call, each once: what an operator would be alarmed by. */
  readonly alarms: readonly string[];
}

const AUDIT = '"audit":"cancelCampaignSend"';
const READ = '"requestId":"drill-r-';
const WARN_LEVEL = 40;
const ALARMS_AT_MOST = 10;

/** A killed replica may have left half a line, which says nothing. */
export async function readLog(replica: string, file: string): Promise<ReplicaLog> {
  const audits: AuditLine[] = [];
  const alarms = new Set<string>();
  let readCount = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line.includes(AUDIT)) {
      const parsed = parse(line);
      if (parsed) audits.push({ ...(parsed as unknown as AuditLine), replica });
    } else if (line.includes(READ) && line.includes('"msg":"request"')) readCount += 1;
    else if (alarms.size < ALARMS_AT_MOST) {
      const parsed = line.includes('"msg":"klaviyo"') ? undefined : parse(line);
      if (Number(parsed?.["level"]) >= WARN_LEVEL) alarms.add(String(parsed?.["msg"]));
    }
  }
  return { audits, readCount, alarms: [...alarms] };
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
