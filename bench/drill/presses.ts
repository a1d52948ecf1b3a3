import { pick } from "./seeded-random.ts";

/** A campaign whose send somebody is going to stop, and when. */
export interface Press {
  readonly campaignId: string;
  readonly atMs: number;
  /** Whether the button can stop it: of the others, a truthful answer says why not. */
  readonly isStoppable: boolean;
  /** How the simulator is told of it. */
  readonly seed: object;
}

/** One press each two seconds on average, and three alarms at which several are pressed at once. */
const PRESSES_PER_SECOND = 0.5;
const ALARMS_AT = [0.25, 0.62, 0.85];
const PRESSES_PER_ALARM = 6;
/** The last presses have time to end within the drill. */
const LAST_PRESS_AT = 0.95;

const SENDING = { status: "Sending", channel: "email" };

/** Most campaigns can be stopped; the rest are what an answer could be wrong about. */
const KINDS: readonly { readonly weight: number; readonly isStoppable: boolean; readonly seed: object }[] = [
  { weight: 5, isStoppable: true, seed: { ...SENDING, settleAfterMs: 300 } },
  { weight: 8, isStoppable: true, seed: { ...SENDING, settleAfterMs: 800 } },
  { weight: 3, isStoppable: true, seed: { ...SENDING, settleAfterMs: 2_000 } },
  { weight: 1, isStoppable: true, seed: { ...SENDING, settleAfterMs: 9_000 } },
  { weight: 1, isStoppable: false, seed: { ...SENDING, refusesAction: 400 } },
  { weight: 1, isStoppable: false, seed: { ...SENDING, status: "Sent" } },
  { weight: 1, isStoppable: false, seed: { ...SENDING, status: "Cancelled" } },
];

/** Who presses when, in order: the same for every drill of this length and seed. */
export function planPresses(seconds: number, random: () => number): readonly Press[] {
  const lengthMs = seconds * 1000;
  const single = Array.from({ length: Math.ceil(seconds * PRESSES_PER_SECOND) }, () => random() * LAST_PRESS_AT);
  const alarms = ALARMS_AT.flatMap((at) => Array.from({ length: PRESSES_PER_ALARM }, () => at));
  const lots = KINDS.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  return [...single, ...alarms]
    .toSorted((a, b) => a - b)
    .map((at, index) => {
      const { isStoppable, seed } = pick(lots, random);
      const campaignId = `01JDRILLPRESS${String(index).padStart(13, "0")}`;
      const name = `Pressed ${index}`;
      return { campaignId, atMs: Math.round(at * lengthMs), isStoppable, seed: { ...seed, id: campaignId, name } };
    });
}
