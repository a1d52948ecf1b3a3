import { AuditLog, type AuditSink, type AuditState } from "../audit/audit-log.js";
import { fileSink, streamSink } from "../audit/audit-sinks.js";
import { httpSink } from "../audit/http-sink.js";
import { isHttpUrl } from "../config/setting.js";
import type { Config } from "../config/settings.js";
import type { ContextParts } from "../server/context.js";
import { blame } from "./blame.js";
import type { Surroundings } from "./surroundings.js";

/** What is kept of each write: a line in the log, one in the audit log where there is one, and a count. */
export interface Records extends Pick<ContextParts, "onCancel" | "onWrite"> {
  /** Undefined where no audit log is kept. */
  readonly auditState: () => AuditState | undefined;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createRecords(surroundings: Surroundings): Records {
  const { logger, metrics } = surroundings;
  const audit = createAuditLog(surroundings);
  return {
    onCancel: (record) => {
      audit?.append({ audit: "cancelCampaignSend", ...record });
      logger.info({ audit: "cancelCampaignSend", ...record }, "cancel");
      metrics.onCancel(record);
    },
    onWrite: ({ write, ...record }) => {
      audit?.append({ audit: write, ...record });
      logger.info({ audit: write, ...record }, "write");
      metrics.onWrite({ write, ...record });
    },
    auditState: () => audit?.state,
    start: async () => {
      if (audit) await blame("AUDIT_LOG", audit.start());
    },
    close: async () => audit?.close(),
  };
}

function createAuditLog({ config, clock, logger }: Surroundings): AuditLog | undefined {
  if (config.AUDIT_LOG === "") return undefined;
  return new AuditLog({
    sink: sinkOf(config),
    clock,
    onTrouble: ({ error, ...counts }) => logger.error({ err: error, ...counts }, "audit log cannot be written"),
    onRecovery: () => logger.info("audit log is written again"),
  });
}

/** A collector that takes longer is asked again. */
const COLLECTOR_TIMEOUT_MS = 5_000;

function sinkOf({ AUDIT_LOG: destination, AUDIT_LOG_TOKEN: token }: Config): AuditSink {
  if (destination === "stdout") return streamSink(process.stdout);
  return isHttpUrl(destination)
    ? httpSink({ url: destination, token, timeoutMs: COLLECTOR_TIMEOUT_MS })
    : fileSink(destination);
}
