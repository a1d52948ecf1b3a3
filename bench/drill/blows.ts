import type { LoggedProcess } from "../harness/logged-process.ts";
import { failingShare } from "./failing-share.ts";
import type { KlaviyoControl } from "./klaviyo-control.ts";
import type { DrillRedis } from "./redis.ts";
import type { Blow } from "./run-drill.ts";

/** Of a drill's length: when the second half and what is done in it begin and end. */
const WHEN = { half: 0.5, redisGone: 0.6, redisBack: 0.72, replicaKilled: 0.8 };

/** Who can be struck: what is missing is not there to be struck. */
export interface Victims {
  readonly klaviyo: KlaviyoControl;
  readonly redis: DrillRedis | undefined;
  readonly replica: LoggedProcess | undefined;
}

export function planBlows(seconds: number, { klaviyo, redis, replica }: Victims): readonly Blow[] {
  const at = (share: number) => Math.round(share * seconds * 1000);
  const strike = () => klaviyo.addFaults(failingShare());
  const klaviyoFails: Blow = { label: "Klaviyo fails 30 % of calls", atMs: at(WHEN.half), strike };
  const redisIsGone: Blow | undefined = redis && {
    label: "Redis is gone",
    atMs: at(WHEN.redisGone),
    strike: redis.kill,
    untilMs: at(WHEN.redisBack),
    mend: redis.comeBack,
  };
  const replicaIsDead: Blow | undefined = replica && {
    label: "one replica is dead",
    atMs: at(WHEN.replicaKilled),
    strike: replica.kill,
  };
  return [klaviyoFails, redisIsGone, replicaIsDead].filter((blow) => blow !== undefined);
}
