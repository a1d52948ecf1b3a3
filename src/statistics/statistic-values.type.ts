import { Field, Float, Int, InterfaceType } from "type-graphql";
import type { Statistic } from "../klaviyo/campaign-values-api.js";
import type { Quotient } from "./quotient-of-sums.js";

/** A view over the statistics of a row of the values report, or of several. */
@InterfaceType("StatisticValues", {
  description:
    "What was achieved, in numbers. Rates are fractions, 0 to 1. Null means that Klaviyo reports no such number: nothing was sent " +
    "in the timeframe, or the number makes no sense for the channel.",
  resolveType: (values: StatisticValues) => values.constructor.name,
})
export abstract class StatisticValues {
  /** How often something happened: over several messages a sum. */
  protected abstract count(statistic: Statistic): number | null;
  /** How much of something there was: over several messages a sum. */
  protected abstract amount(statistic: Statistic): number | null;
  /** How many people did something: no sum, for somebody may have got several messages. */
  protected abstract people(statistic: Statistic): number | null;
  /** The share of people who did something: for the same reason neither a sum nor a mean. */
  protected abstract share(statistic: Statistic): number | null;
  /** A rate of what can be added up. */
  protected abstract quotient(quotient: Quotient): number | null;

  @Field(() => Int, { nullable: true, description: "How many messages were sent out, one to each recipient." })
  get recipients(): number | null {
    return this.count("recipients");
  }

  @Field(() => Int, { nullable: true, description: "How many messages reached a mailbox or a phone." })
  get delivered(): number | null {
    return this.count("delivered");
  }

  @Field(() => Int, { nullable: true, description: "How many e-mails were returned." })
  get bounced(): number | null {
    return this.count("bounced");
  }

  @Field(() => Int, { nullable: true, description: "How many messages could not be sent." })
  get failed(): number | null {
    return this.count("failed");
  }

  @Field(() => Int, { nullable: true, description: "How many were returned or could not be sent." })
  get bouncedOrFailed(): number | null {
    return this.count("bounced_or_failed");
  }

  @Field(() => Int, { nullable: true, description: "How often it was opened; somebody may open it several times." })
  get opens(): number | null {
    return this.count("opens");
  }

  @Field(() => Int, {
    nullable: true,
    description: "How often a link in it was clicked; somebody may click several times.",
  })
  get clicks(): number | null {
    return this.count("clicks");
  }

  @Field(() => Int, { nullable: true, description: "How often the conversion metric happened thanks to it." })
  get conversions(): number | null {
    return this.count("conversions");
  }

  @Field(() => Int, { nullable: true, description: "How often it was called spam." })
  get spamComplaints(): number | null {
    return this.count("spam_complaints");
  }

  @Field(() => Int, { nullable: true, description: "How often it made somebody unsubscribe." })
  get unsubscribes(): number | null {
    return this.count("unsubscribes");
  }

  @Field(() => Int, {
    nullable: true,
    description: "Of how many segments the text messages were made: what carriers count.",
  })
  get messageSegmentCountSum(): number | null {
    return this.count("message_segment_count_sum");
  }

  @Field(() => Float, { nullable: true, description: "What the conversions are worth, in the account's currency." })
  get conversionValue(): number | null {
    return this.amount("conversion_value");
  }

  @Field(() => Float, { nullable: true, description: "The text message credits that it used." })
  get textMessageCreditUsageAmount(): number | null {
    return this.amount("text_message_credit_usage_amount");
  }

  @Field(() => Float, { nullable: true, description: "What its text messages cost, in the account's currency." })
  get textMessageSpend(): number | null {
    return this.amount("text_message_spend");
  }

  @Field(() => Int, { nullable: true, description: "How many people opened it." })
  get opensUnique(): number | null {
    return this.people("opens_unique");
  }

  @Field(() => Int, { nullable: true, description: "How many people clicked a link in it." })
  get clicksUnique(): number | null {
    return this.people("clicks_unique");
  }

  @Field(() => Int, { nullable: true, description: "How many people converted thanks to it." })
  get conversionUniques(): number | null {
    return this.people("conversion_uniques");
  }

  @Field(() => Int, { nullable: true, description: "How many people unsubscribed because of it." })
  get unsubscribeUniques(): number | null {
    return this.people("unsubscribe_uniques");
  }

  @Field(() => Float, { nullable: true, description: "The share of messages that were delivered. 0 to 1." })
  get deliveryRate(): number | null {
    return this.quotient({ statistic: "delivery_rate", part: "delivered", wholes: ["recipients"] });
  }

  @Field(() => Float, { nullable: true, description: "The share of e-mails that were returned. 0 to 1." })
  get bounceRate(): number | null {
    return this.quotient({ statistic: "bounce_rate", part: "bounced", wholes: ["recipients", "delivered"] });
  }

  @Field(() => Float, { nullable: true, description: "The share of messages that could not be sent. 0 to 1." })
  get failedRate(): number | null {
    return this.quotient({ statistic: "failed_rate", part: "failed", wholes: ["recipients", "delivered"] });
  }

  @Field(() => Float, { nullable: true, description: "The share that was returned or could not be sent. 0 to 1." })
  get bouncedOrFailedRate(): number | null {
    return this.quotient({
      statistic: "bounced_or_failed_rate",
      part: "bounced_or_failed",
      wholes: ["recipients", "delivered"],
    });
  }

  @Field(() => Float, { nullable: true, description: "The share of people who opened it. 0 to 1." })
  get openRate(): number | null {
    return this.share("open_rate");
  }

  @Field(() => Float, { nullable: true, description: "The share of people who clicked a link in it. 0 to 1." })
  get clickRate(): number | null {
    return this.share("click_rate");
  }

  @Field(() => Float, { nullable: true, description: "Of those who opened it, the share who clicked. 0 to 1." })
  get clickToOpenRate(): number | null {
    return this.share("click_to_open_rate");
  }

  @Field(() => Float, { nullable: true, description: "The share of people who converted. 0 to 1." })
  get conversionRate(): number | null {
    return this.share("conversion_rate");
  }

  @Field(() => Float, { nullable: true, description: "The share of people who unsubscribed. 0 to 1." })
  get unsubscribeRate(): number | null {
    return this.share("unsubscribe_rate");
  }

  @Field(() => Float, {
    nullable: true,
    description: "How often it was called spam, for each message that arrived. 0 to 1.",
  })
  get spamComplaintRate(): number | null {
    return this.quotient({
      statistic: "spam_complaint_rate",
      part: "spam_complaints",
      wholes: ["delivered", "recipients"],
    });
  }

  @Field(() => Float, {
    nullable: true,
    description: "What a conversion is worth on average, in the account's currency.",
  })
  get averageOrderValue(): number | null {
    return this.quotient({ statistic: "average_order_value", part: "conversion_value", wholes: ["conversions"] });
  }

  @Field(() => Float, {
    nullable: true,
    description: "What the conversions are worth for each recipient, in the account's currency.",
  })
  get revenuePerRecipient(): number | null {
    return this.quotient({
      statistic: "revenue_per_recipient",
      part: "conversion_value",
      wholes: ["delivered", "recipients"],
    });
  }

  @Field(() => Float, {
    nullable: true,
    description: "What the text messages brought in for what they cost: 2 is twice as much.",
  })
  get textMessageRoi(): number | null {
    return this.quotient({ statistic: "text_message_roi", part: "conversion_value", wholes: ["text_message_spend"] });
  }
}
