import { AuditLog } from "../audit/audit-log.js";
import { fileSink, streamSink } from "../audit/audit-sinks.js";
import type { ContextParts } from "../server/context.js";
import type { Surroundings } from "./surroundings.js";

/** What is kept of each write: a line in the log, one in the audit log where there is one, and a count. */
export interface Records extends Pick<ContextParts, "onCancel" | "onWrite"> {
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createRecords(surroundings: Surroundings): Records {
  const { logger, metrics } = surroundings;
  const audit = createAuditLog(surroundings);
  return {
    onCancel: (record) => {
      logger.info({ audit: "cancelCampaignSend", ...record }, "cancel");
      audit?.append({ audit: "cancelCampaignSend", ...record });
      metrics.onCancel(record);
    },
    onWrite: ({ write, ...record }) => {
      logger.info({ audit: write, ...record }, "write");
      audit?.append({ audit: write, ...record });
      metrics.onWrite({ write, ...record });
    },
    start: async () => audit?.start(),
    close: async () => audit?.close(),
  };
}

function createAuditLog({ config, clock, logger }: Surroundings): AuditLog | undefined {
  const destination = config.AUDIT_LOG;
  if (destination === "") return undefined;
  return new AuditLog({
    sink: destination === "stdout" ? streamSink(process.stdout) : fileSink(destination),
    clock,
    onTrouble: ({ error, ...counts }) => logger.error({ err: error, ...counts }, "audit log cannot be written"),
    onRecovery: () => logger.info("audit log is written again"),
  });
}
