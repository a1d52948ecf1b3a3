import type { IncomingMessage, ServerResponse } from "node:http";
import type { AccessContext, Identity } from "../access/identity.js";
import type { RequestHeaders } from "../auth/authenticate.js";
import type { AudiencesContext } from "../audiences/audiences.context.js";
import type { ContentContext } from "../content/content.context.js";
import type { MetricsContext } from "../metrics/metrics.context.js";
import type { StatisticsContext } from "../statistics/statistics.context.js";
import type { MessagesContext } from "../messages/messages.context.js";
import { WriteOutcome } from "../editing/write-outcome.enum.js";
import type { WriteRecord, WritesContext } from "../editing/writes.context.js";
import type { EstimationsContext } from "../estimations/estimations.context.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { ReadRecord } from "../klaviyo/read-record.js";
import { ReadsUnderWay } from "../klaviyo/reads-under-way.js";
import type { Clock } from "../resilience/clock.js";
import { Deadline } from "../resilience/deadline.js";
import type { CampaignSendJobsContext } from "../send-jobs/campaign-send-job.resolver.js";
import type { CancelContext, CancelRecord } from "../send-jobs/cancel-campaign-send.resolver.js";
import type { Account } from "./account.js";
import { type Caller, callerKeyOf, callerOf } from "./caller.js";
import { type CacheStatusContext, createCacheTally } from "./cache-status.js";
import type { TagsContext } from "../tags/tags.context.js";
import { requestTimeoutMsOf } from "./load/request-timeout.js";
import { requestIdOf } from "./request-id.js";
import { LOADER_NAMES, type LoaderName, RequestLoaders } from "./request-loaders.js";
import { RequestWait } from "./request-wait.js";

/** What resolvers share within one request: the features' slices, summed. */
export type GatewayContext = CampaignSendJobsContext &
  CancelContext &
  MessagesContext &
  ContentContext &
  TagsContext &
  AudiencesContext &
  EstimationsContext &
  MetricsContext &
  StatisticsContext &
  WritesContext &
  CacheStatusContext &
  AccessContext & {
    /** What was read for the request until now. */
    readonly reads: readonly ReadRecord[];
    /** Who waits for what is read. */
    readonly wait: RequestWait;
  };

export interface ContextParts {
  /** Whose Klaviyo it is that a caller works on. Asked when a request first needs to know. @throws AccessError where there is none */
  readonly accountOf: (identity: Identity, headers: RequestHeaders) => Account;
  readonly clock: Clock;
  readonly queryDeadlineMs: number;
  /** For all cancels of a request together. */
  readonly cancelDeadlineMs: number;
  /** For all other writes of a request together. */
  readonly writeDeadlineMs: number;
  readonly onCancel: (record: CancelAuditRecord) => void;
  readonly onWrite: (record: WriteAuditRecord) => void;
}

interface AuditDetails {
  readonly requestId: string;
  readonly caller: Caller;
  readonly durationMs: number;
}

/** Another write than a cancel, with who asked for it as far as that is known, and how long the request took until then. */
export interface WriteAuditRecord extends WriteRecord, AuditDetails {}

/** A cancel, with who asked for it as far as that is known, and how long it took. */
export interface CancelAuditRecord extends CancelRecord, AuditDetails {}

export function createContext(
  parts: ContextParts,
  identity: Identity,
  request: IncomingMessage,
  response: ServerResponse,
): GatewayContext {
  const { clock } = parts;
  let known: Account | undefined;
  const account = () => (known ??= parts.accountOf(identity, request));
  const startedAt = clock.now();
  // Whoever says how long they are going to wait is not kept longer; nobody gets more than is configured.
  const callersDeadline = new Deadline(clock, requestTimeoutMsOf(request) ?? Infinity);
  // A cancel, or another write, that is out is seen through, whoever waits for it.
  const cancelDeadline = new Deadline(clock, parts.cancelDeadlineMs);
  const writeDeadline = new Deadline(clock, parts.writeDeadlineMs);
  const wait = new RequestWait(response, callersDeadline.within(parts.queryDeadlineMs));
  const requestId = requestIdOf(response);
  const caller = callerOf(request, identity);
  const callerKey = callerKeyOf(caller);
  const cacheTally = createCacheTally(request);
  const reads: ReadRecord[] = [];
  const underWay = new ReadsUnderWay();
  const readLimits = (): ReadLimits => ({
    signal: wait.signal,
    remainingMs: wait.remainingMs,
    caller: callerKey,
    onRead: (read) => {
      reads.push(read);
      cacheTally?.record(read);
    },
    underWay,
  });
  const details = (): AuditDetails => ({ requestId, caller, durationMs: Math.round(clock.now() - startedAt) });
  const loaders = new RequestLoaders(account, readLimits, clock, underWay);
  // What this request has read may not be true any more after a mutation, and the next one runs after it. What is selected of its
  // result is read in a time of its own: it is not to suffer for a mutation that took long.
  const beginAnew = () => {
    loaders.forget();
    wait.deadline = callersDeadline.within(parts.queryDeadlineMs);
  };
  const own: Own = {
    identity,
    reads,
    wait,
    readLimits,
    cancelLimits: () => ({
      remainingMs: cancelDeadline.remainingMs,
      patienceMs: callersDeadline.remainingMs,
      isAbandoned: wait.isOver,
    }),
    callerKey,
    cacheTally,
    patienceMs: () => callersDeadline.remainingMs,
    writeTimeMs: () => (wait.isOver ? 0 : writeDeadline.remainingMs),
    // What others have read while the write was at work may be from before its effect: nobody is to be told that after its answer.
    onCancel: async (record) => {
      beginAnew();
      parts.onCancel({ ...record, ...details() });
      await account().client.forget("campaigns");
    },
    onWrite: async (record) => {
      beginAnew();
      parts.onWrite({ ...record, ...details() });
      if (record.outcome !== WriteOutcome.REFUSED) await account().client.forget("campaigns");
    },
  };
  const context: object = new RequestContext(loaders, account);
  return Object.assign(context, own) as Own & Loaders & OfAccount;
}

/** What reads by ids, each in batches. */
type Loaders = Pick<GatewayContext, LoaderName>;
type OfAccount = Pick<GatewayContext, keyof GatewayContext & keyof Account>;
type Own = Pick<
  GatewayContext,
  | "identity"
  | "reads"
  | "wait"
  | "readLimits"
  | "cancelLimits"
  | "patienceMs"
  | "writeTimeMs"
  | "callerKey"
  | "cacheTally"
  | "onCancel"
  | "onWrite"
>;

/**
 * Loaders stand on the prototype, and are made when they are asked for: Apollo Server copies a context for each operation, and
 * a copy has the values of the context's own properties once and for all. What is of the account stands there as well, so that who has
 * none can still be told what needs none.
 */
class RequestContext {
  constructor(
    readonly loaders: RequestLoaders,
    readonly account: () => Account,
  ) {}
}

const OF_ACCOUNT: Readonly<Record<keyof OfAccount, true>> = {
  client: true,
  cancelCampaignSend: true,
  sendCampaign: true,
  writes: true,
};

for (const name of LOADER_NAMES) {
  Object.defineProperty(RequestContext.prototype, name, {
    get(this: RequestContext) {
      return this.loaders.get(name);
    },
  });
}

for (const name of Object.keys(OF_ACCOUNT)) {
  Object.defineProperty(RequestContext.prototype, name, {
    get(this: RequestContext) {
      return Reflect.get(this.account(), name);
    },
  });
}
