import type { Campaign } from "../campaigns/campaign.type.js";
import { failureIn, type KlaviyoFailure, mayHaveBeenExecuted } from "../klaviyo/failure.js";
import { cancelCampaignSend } from "../klaviyo/send-jobs-api.js";
import type { Backoff } from "../resilience/backoff.js";
import { Deadline } from "../resilience/deadline.js";
import { WaitingCallers } from "../resilience/waiting-callers.js";
import { CampaignSendAction, KLAVIYO_ACTION } from "./campaign-send-action.enum.js";
import { isLasting, pauseAfter } from "../klaviyo/pause-after.js";
import { CampaignWatch, type Sight } from "./campaign-watch.js";
import type { CancelCampaignSendPayload } from "./cancel-campaign-send.payload.js";
import { CancelCampaignSendProblemCode } from "./cancel-campaign-send-problem.type.js";
import { refusalCodeOf } from "./cancel-problems.js";
import type { CancelDependencies, CancelRequest } from "./cancel-request.js";
import { CancelVerdicts } from "./cancel-verdicts.js";
import { SightJudge } from "./sight-judge.js";

/** Between PATCHes that failed: spread out, and so soon that three of them in a row do not keep a fourth from going out within 2 s. */
const REPEAT: Backoff = { firstMs: 200, maximumMs: 2_000, factor: 1.5 };
/** A look that takes longer keeps the next PATCH waiting for too long. */
const LOOK_BEFORE_REPEATING_MS = 1_500;
/** Why a PATCH was not begun: nobody waits any more. */
const TIME_IS_UP: KlaviyoFailure = { kind: "not-sent", cause: "timeout" };
/** What a request takes until it gets here, or a second click, makes no other time of its own. */
const SAME_TIME_MS = 1_000;
/** How long the one look may take before an answer that is given at once, and the last one when the waiting time is over. */
export const QUICK_LOOK_MS = 1_500;

/**
 * One cancel from the PATCH to the truth about it. The rules, in short:
 * - 204 is a promise, not a result: look until it is kept, or the waiting time is over.
 * - Not executed (never sent, 429): repeat, as long as there is time.
 * - Perhaps executed (time-out, lost connection, 5xx): look first, and repeat unless it can be seen to have worked. Where nothing can
 *   be seen it is repeated as well: to be asked twice does a campaign no harm, and not to be asked may.
 * - Refused (4xx): look, and let the campaign's status say what that means.
 * Nothing is reported that was not read, nothing is sent after the deadline, and no PATCH is begun when no caller waits any more.
 */
export class CancelFlight {
  readonly watch: CampaignWatch;
  private readonly deadline: Deadline;
  /** What is seen of the campaign is judged by it, also for those who look once more when it has ended. */
  readonly judge: SightJudge;
  private readonly verdicts: CancelVerdicts;
  /** Klaviyo accepted, or may have without being able to say so: whatever is seen from then on may be our doing. */
  private mayHaveActed = false;
  /** How the last PATCH failed that may have been executed: what makes it unknown is not that a later one was refused. */
  private doubt: KlaviyoFailure | undefined;
  private isAccepted = false;
  /** How the last PATCH failed; undefined while one is out or waits for its turn. */
  private failure: KlaviyoFailure | undefined;
  /** This PATCH has gone out, as far as it has not failed since. */
  private isOut = false;
  /** Whether another replica is making the same PATCH is being asked. */
  private isAtRegister = false;
  /** The callers that are yet to be told something. PATCHes are begun as long as one of them waits. */
  private readonly callers: WaitingCallers;
  /** It asks no more. */
  private isConcluding = false;
  private hasGivenUpAsking = false;

  constructor(
    private readonly request: CancelRequest,
    private readonly dependencies: CancelDependencies,
  ) {
    const { clock, readBack, settings } = dependencies;
    this.deadline = new Deadline(clock, Math.min(settings.deadlineMs, request.remainingMs));
    this.callers = new WaitingCallers(clock);
    // After a revert, a cancelled job leaves open whether the campaign is a draft.
    const sendJobTells = request.action === CampaignSendAction.CANCEL;
    this.watch = new CampaignWatch(request.id, request.query, readBack, clock, sendJobTells);
    this.verdicts = new CancelVerdicts(request, settings.waitMs);
    this.judge = new SightJudge(request.action, this.verdicts);
  }

  /** How long it may take yet. */
  get remainingMs(): number {
    return this.deadline.remainingMs;
  }

  /** Has it ask for one more caller. @returns what that one is to be {@link soFar told} by */
  join(patienceMs: number): Deadline {
    return this.callers.join(Math.min(patienceMs, this.deadline.remainingMs));
  }

  /** What is known at this moment, for a caller whose time is over. Nothing is begun for it after that. */
  soFar(caller: Deadline): CancelCampaignSendPayload {
    this.callers.leave(caller);
    const { lastCampaign } = this.watch;
    if (this.isAccepted) return this.verdicts.acceptedSoFar(lastCampaign);
    if (this.mayHaveActed || this.isOut) return this.verdicts.unknownSoFar(lastCampaign);
    const mayGoOut = this.isAtRegister || !this.callers.areGone;
    if (this.failure && (this.isConcluding || !mayGoOut)) return this.refusedSoFar(this.failure, lastCampaign);
    return mayGoOut ? this.verdicts.waitingSoFar(lastCampaign) : this.verdicts.notBegun();
  }

  /** Where it could be read since, it was seen not to have moved: it is being watched whether somebody else's cancel is at work. */
  private refusedSoFar(failure: KlaviyoFailure, campaign: Campaign | null): CancelCampaignSendPayload {
    if (campaign) return this.verdicts.refused(campaign, failure);
    return this.verdicts.refusedUnseen(failure, { kind: "timeout" });
  }

  /** Whether it ends within the time that somebody else has, and asks as long as they could have had it ask: a second more or less aside. */
  suits(remainingMs: number): boolean {
    if (this.hasGivenUpAsking) return false;
    const longerMs = remainingMs - this.deadline.remainingMs;
    if (longerMs < -SAME_TIME_MS) return false;
    if (!this.isAccepted) return longerMs <= SAME_TIME_MS;
    // What is cancelled stays so. A draft can be sent anew: that a revert was accepted before says nothing of what is sent since.
    return this.request.action === CampaignSendAction.CANCEL;
  }

  async run(): Promise<CancelCampaignSendPayload> {
    const { clock, random } = this.dependencies;
    for (let attempt = 1; ; attempt++) {
      const failure = await this.ask();
      if (!failure) return this.awaitGoal((sight) => this.verdicts.accepted(this.watch.lastCampaign, sight));
      const next = new Deadline(clock, pauseAfter(failure, REPEAT, attempt, random()));
      // What an earlier PATCH has done is not to be waited for, nor asked again, while this one may not be repeated yet.
      const verdict = this.mayHaveActed && isRepeatable(failure) ? await this.lookBeforeRepeating(next) : undefined;
      if (verdict) return verdict;
      if (!isRepeatable(failure) || next.remainingMs >= this.callers.remainingMs) {
        this.isConcluding = true;
        // Somebody with more time would have it ask again.
        this.hasGivenUpAsking = isRepeatable(failure) && next.remainingMs < this.deadline.remainingMs;
        return this.conclude(failure);
      }
      await clock.sleep(next.remainingMs);
    }
  }

  /** One PATCH, unless another replica is making the same one. @returns how it failed, or undefined when Klaviyo accepted. */
  private async ask(): Promise<KlaviyoFailure | undefined> {
    const { id, action } = this.request;
    this.failure = undefined;
    this.isAtRegister = true;
    const turn = await this.dependencies.register.begin(`cancel ${id} ${action}`, () => this.callers.remainingMs);
    this.isAtRegister = false;
    const failure = turn.isAccepted ? undefined : await this.patch();
    this.isOut = false;
    turn.end(!failure);
    this.failure = failure;
    if (failure) return failure;
    this.mayHaveActed = true;
    this.isAccepted = true;
    this.watch.forget();
    return undefined;
  }

  private async patch(): Promise<KlaviyoFailure | undefined> {
    if (this.callers.areGone) return TIME_IS_UP;
    const { id, action, revision } = this.request;
    const call = { id, revision, action: KLAVIYO_ACTION[action] };
    try {
      const limits = { remainingMs: this.deadline.remainingMs, patienceMs: this.callers.remainingMs };
      await cancelCampaignSend(this.dependencies.client, call, { ...limits, mayBegin: () => this.goesOut() });
      return undefined;
    } catch (error) {
      const failure = failureIn(error);
      if (!mayHaveBeenExecuted(failure)) return failure;
      this.mayHaveActed = true;
      this.doubt = failure;
      return failure;
    }
  }

  /** Whether the PATCH goes out, now that it can: waiting for its turn and for a connection may have taken long. */
  private goesOut(): boolean {
    if (this.callers.areGone) return false;
    this.isOut = true;
    return true;
  }

  /**
   * Between PATCHes of which one may have been executed: what can be seen of it, or undefined where nothing can and it may be asked
   * again. It looks while the pause runs, at once, and on and on where that takes so long that a look would be old by then.
   */
  private async lookBeforeRepeating(next: Deadline): Promise<CancelCampaignSendPayload | undefined> {
    for (let attempt = 1; ; attempt++) {
      const sight = await this.watch.look(this.deadline.within(LOOK_BEFORE_REPEATING_MS));
      // One 404 right after a failing PATCH may be part of the same trouble, and the next PATCH tells whether it is.
      const verdict =
        sight.kind === "failed" || sight.kind === "missing" ? undefined : this.judge.settled(sight, this.mayHaveActed);
      const isLong = next.remainingMs > REPEAT.maximumMs && next.remainingMs < this.callers.remainingMs;
      if (verdict || !isLong) return verdict;
      await this.watch.pause(attempt + 1, sight, next.within(next.remainingMs - LOOK_BEFORE_REPEATING_MS));
    }
  }

  /** The PATCH is not going to be repeated: it was refused, or there is no time. */
  private async conclude(failure: KlaviyoFailure): Promise<CancelCampaignSendPayload> {
    // An earlier PATCH may still be at work, so this failure does not settle anything.
    if (this.mayHaveActed && this.deadline.isOver) return this.unknown(failure);
    if (this.mayHaveActed) return this.awaitGoal((last) => this.unknownOrNotFound(failure, last));
    const { waitMs } = this.dependencies.settings;
    // What its send job says is no news here: it may be cancelled since a revert, with the campaign a draft ever since.
    const sight =
      failure.kind === "refused"
        ? await this.watch.lookUntilSeen(this.deadline.within(Math.max(waitMs, QUICK_LOOK_MS)))
        : await this.watch.lookAtCampaign(this.deadline.within(QUICK_LOOK_MS));
    if (sight.kind === "failed") return this.verdicts.refusedUnseen(failure, sight.failure);
    const refused = () => this.verdicts.refused(this.watch.lastCampaign, failure);
    const verdict = this.judge.settled(sight, this.mayHaveActed);
    if (verdict) return verdict;
    // A refusal of a campaign that can be stopped may mean that somebody else's cancel is at work: see where it leads.
    return mayBeUnderWay(failure) ? this.awaitGoal(refused) : refused();
  }

  /**
   * Looks until the campaign is where the action leads, or is sent, or the waiting time is over; where Klaviyo has not accepted, until
   * it is at rest anywhere: somebody else's action has led there.
   * @param timeIsUp the verdict when it has not got there
   */
  private async awaitGoal(timeIsUp: (last: Sight) => CancelCampaignSendPayload): Promise<CancelCampaignSendPayload> {
    const wait = this.deadline.within(this.dependencies.settings.waitMs);
    let sight: Sight | undefined;
    for (let attempt = 1; ; attempt++) {
      await this.watch.pause(attempt, sight, wait);
      // One that is not answered takes little more than the waiting time from its caller, and from the next cancel of the request.
      sight = await this.watch.look(this.deadline.within(Math.max(wait.remainingMs, QUICK_LOOK_MS)));
      const verdict = this.judge.reached(sight, true) ?? (this.isAccepted ? undefined : this.judge.atRest(sight));
      if (verdict) return verdict;
      const isHopeless = sight.kind === "failed" && isLasting(sight.failure);
      if (wait.isOver || isHopeless) return timeIsUp(sight);
    }
  }

  /** A campaign that was there a moment ago is one that a PATCH may have reached. */
  private unknownOrNotFound(failure: KlaviyoFailure, last: Sight): CancelCampaignSendPayload {
    const isNotFound = last.kind === "missing" && !this.watch.lastCampaign;
    return isNotFound ? this.verdicts.notFound() : this.unknown(failure);
  }

  private unknown(failure: KlaviyoFailure): CancelCampaignSendPayload {
    return this.verdicts.unknown(this.watch.lastCampaign, this.doubt ?? failure, failure);
  }
}

function isRepeatable(failure: KlaviyoFailure): boolean {
  const { kind } = failure;
  return kind === "not-sent" || kind === "held-back" || kind === "throttled" || mayHaveBeenExecuted(failure);
}

/** Refused for what the campaign is or does, as opposed to the key, the revision or the road. */
function mayBeUnderWay(failure: KlaviyoFailure): boolean {
  return refusalCodeOf(failure) === CancelCampaignSendProblemCode.NOT_SENDING;
}
