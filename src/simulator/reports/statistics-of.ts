import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import type { Statistic } from "./statistic-names.js";

type Counts = Readonly<Record<string, number>>;

const TEXT_PRICE = 0.0115;
const TEXT_CREDITS = 1;

/**
 * What a message achieved. A43: the numbers are made up from the ids, so that they are plausible and always the same;
 * what the seed says wins, and rates follow from it. A campaign that is still being sent has reached half its people.
 */
export function statisticsOf(
  campaign: SimulatedCampaign,
  messageId: string,
  metricId: string,
  nowMs: number,
): Readonly<Record<Statistic, number>> {
  const planned = campaign.estimation.countAt(nowMs) / campaign.messages.length;
  const recipients = Math.floor(campaign.statusAt(nowMs) === "Sent" ? planned : planned / 2);
  const seeded = campaign.seed.statistics ?? {};
  const sent = { ...delivery(seeded["recipients"] ?? recipients, messageId), ...seeded };
  const seen = { ...sent, ...reactions(sent, campaign.channel === "email", messageId), ...seeded };
  const sold = { ...seen, ...conversions(seen, `${messageId} ${metricId}`), ...seeded };
  const texts = { ...sold, ...textMessages(sold, campaign.channel === "sms"), ...seeded };
  return { ...texts, ...rates(texts), ...seeded } as Readonly<Record<Statistic, number>>;
}

function delivery(recipients: number, id: string): Counts & { readonly recipients: number } {
  const bounced = Math.floor(recipients * between(0.004, 0.02, `${id} bounced`));
  const failed = Math.floor(recipients * between(0, 0.004, `${id} failed`));
  return { recipients, bounced, failed, bounced_or_failed: bounced + failed, delivered: recipients - bounced - failed };
}

function reactions({ delivered = 0 }: Counts, isOpened: boolean, id: string): Counts {
  const part = (from: number, to: number, what: string) => Math.floor(delivered * between(from, to, `${id} ${what}`));
  const opens = isOpened ? part(0.25, 0.55, "opens") : 0;
  const clicks = part(0.01, 0.08, "clicks");
  const unsubscribes = part(0.0005, 0.004, "unsubscribes");
  return {
    opens_unique: opens,
    opens: Math.floor(opens * 1.4),
    clicks_unique: clicks,
    clicks: Math.floor(clicks * 1.2),
    unsubscribe_uniques: unsubscribes,
    unsubscribes,
    spam_complaints: isOpened ? part(0, 0.0008, "complaints") : 0,
  };
}

function conversions({ clicks_unique: clicks = 0 }: Counts, id: string): Counts {
  const buyers = Math.floor(clicks * between(0.05, 0.2, `${id} buyers`));
  const orders = Math.floor(buyers * 1.1);
  const value = cents(orders * between(35, 90, `${id} value`));
  return { conversion_uniques: buyers, conversions: orders, conversion_value: value };
}

function textMessages({ recipients = 0 }: Counts, isText: boolean): Counts {
  const segments = isText ? recipients : 0;
  return {
    message_segment_count_sum: segments,
    text_message_credit_usage_amount: segments * TEXT_CREDITS,
    text_message_spend: cents(segments * TEXT_PRICE),
  };
}

/** Fractions of one, never percentages. */
function rates(counts: Counts): Counts {
  const over = (part: string, whole: string) => ratio(counts[part] ?? 0, counts[whole] ?? 0);
  return {
    bounce_rate: over("bounced", "recipients"),
    failed_rate: over("failed", "recipients"),
    bounced_or_failed_rate: over("bounced_or_failed", "recipients"),
    delivery_rate: over("delivered", "recipients"),
    open_rate: over("opens_unique", "delivered"),
    click_rate: over("clicks_unique", "delivered"),
    click_to_open_rate: over("clicks_unique", "opens_unique"),
    conversion_rate: over("conversion_uniques", "delivered"),
    unsubscribe_rate: over("unsubscribe_uniques", "delivered"),
    spam_complaint_rate: over("spam_complaints", "delivered"),
    average_order_value: over("conversion_value", "conversions"),
    revenue_per_recipient: over("conversion_value", "delivered"),
    text_message_roi: over("conversion_value", "text_message_spend"),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** A number between the two that is always the same for the same text (FNV-1a). */
function between(from: number, to: number, text: string): number {
  const hash = [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5);
  return from + (to - from) * (hash / 0xffffffff);
}
