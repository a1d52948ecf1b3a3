export interface Period {
  readonly fromMs: number;
  /** Not part of it. */
  readonly toMs: number;
}

const DAY_MS = 86_400_000;

/** A44: weeks begin on Mondays, "last 7 days" end now, and the account's time zone is UTC. */
const PERIODS = {
  today: (now) => [day(now), now],
  yesterday: (now) => [day(now) - DAY_MS, day(now)],
  this_week: (now) => [week(now), now],
  last_week: (now) => [week(now) - 7 * DAY_MS, week(now)],
  this_month: (now) => [month(now), now],
  last_month: (now) => [month(now, -1), month(now)],
  this_year: (now) => [year(now), now],
  last_year: (now) => [year(now, -1), year(now)],
  last_7_days: (now) => [now - 7 * DAY_MS, now],
  last_30_days: (now) => [now - 30 * DAY_MS, now],
  last_90_days: (now) => [now - 90 * DAY_MS, now],
  last_365_days: (now) => [now - 365 * DAY_MS, now],
  last_3_months: (now) => [month(now, -3), now],
  last_12_months: (now) => [month(now, -12), now],
} satisfies Readonly<Record<string, (nowMs: number) => readonly [fromMs: number, toMs: number]>>;

type TimeframeKey = keyof typeof PERIODS;

export const TIMEFRAME_KEYS = Object.keys(PERIODS) as readonly TimeframeKey[];

export function namedPeriod(key: TimeframeKey, nowMs: number): Period {
  const [fromMs, toMs] = PERIODS[key](nowMs);
  // What is sent this very millisecond belongs to "today".
  return { fromMs, toMs: toMs === nowMs ? nowMs + 1 : toMs };
}

/** "Offset is ignored and the company timezone is used." */
export function customPeriod(start: string, end: string): Period {
  return { fromMs: withoutOffset(start), toMs: withoutOffset(end) };
}

/** "Max length: 1 year", leap years included. */
export function isTooLong({ fromMs, toMs }: Period): boolean {
  return toMs - fromMs > 366 * DAY_MS;
}

function withoutOffset(text: string): number {
  return Date.parse(`${text.replace(/(?:Z|[+-]\d{2}:\d{2})$/, "")}Z`);
}

function day(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

function week(ms: number): number {
  const daysSinceMonday = (new Date(ms).getUTCDay() + 6) % 7;
  return day(ms) - daysSinceMonday * DAY_MS;
}

function month(ms: number, offset = 0): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
}

function year(ms: number, offset = 0): number {
  return Date.UTC(new Date(ms).getUTCFullYear() + offset, 0, 1);
}
