import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import { optionalInteger, optionalNumber } from "../klaviyo/attributes.js";
import type { CampaignValues, Statistic } from "../klaviyo/campaign-values-api.js";
import { asDecimal } from "./decimal.js";
import { type Quotient, quotientOfSums } from "./quotient-of-sums.js";
import { StatisticValues } from "./statistic-values.type.js";
import type { ReportedCampaign } from "./statistics-store.js";

/** A view over one row of the values report. */
@ObjectType("CampaignMessageStatistics", {
  simpleResolvers: true,
  implements: StatisticValues,
  description: "What one message of a campaign achieved.",
})
export class CampaignMessageStatistics extends StatisticValues {
  constructor(private readonly row: CampaignValues) {
    super();
  }

  @Field(() => ID, { description: "The message's id, as in `Campaign.messages`." })
  get messageId(): string {
    return this.row.messageId;
  }

  protected count(statistic: Statistic): number | null {
    return optionalInteger(this.row.statistics, statistic);
  }

  protected amount(statistic: Statistic): number | null {
    return optionalNumber(this.row.statistics, statistic);
  }

  protected people(statistic: Statistic): number | null {
    return this.count(statistic);
  }

  protected share(statistic: Statistic): number | null {
    return this.amount(statistic);
  }

  protected quotient({ statistic }: Quotient): number | null {
    return this.amount(statistic);
  }
}

/** A view over all rows that the values report has of a campaign. */
@ObjectType("CampaignStatistics", {
  simpleResolvers: true,
  implements: StatisticValues,
  description:
    "What a campaign achieved. Of one message, it is that message's numbers. Of several, counts and amounts are added up, and rates of what " +
    "can be added up are computed anew. Numbers of people, and rates of them, are null then, because somebody may have got two of the " +
    "messages: read `messages`.",
})
export class CampaignStatistics extends StatisticValues {
  /** @param nowMs the wall clock's reading, from which `asOf` follows */
  constructor(
    private readonly reported: ReportedCampaign,
    private readonly nowMs: number,
  ) {
    super();
  }

  @Field(() => GraphQLDateTime, {
    description: "When Klaviyo reported this. Reports are kept for a while, because Klaviyo makes only 225 a day.",
  })
  get asOf(): Date {
    return new Date(this.nowMs - this.ageMs);
  }

  @Field(() => Int, { description: "How old the report is, in milliseconds; a day at most." })
  get ageMs(): number {
    return this.reported.ageMs;
  }

  @Field(() => [CampaignMessageStatistics], {
    description: "The same for each message; empty if none was sent in the timeframe.",
  })
  get messages(): readonly CampaignMessageStatistics[] {
    return this.reported.rows.map((row) => new CampaignMessageStatistics(row));
  }

  protected count(statistic: Statistic): number | null {
    return sum(this.reported.rows.map((row) => optionalInteger(row.statistics, statistic)));
  }

  protected amount(statistic: Statistic): number | null {
    return sum(this.reported.rows.map((row) => optionalNumber(row.statistics, statistic)));
  }

  protected people(statistic: Statistic): number | null {
    return this.isOneMessage ? this.count(statistic) : null;
  }

  protected share(statistic: Statistic): number | null {
    return this.isOneMessage ? this.amount(statistic) : null;
  }

  protected quotient(quotient: Quotient): number | null {
    if (this.isOneMessage) return this.amount(quotient.statistic);
    return quotientOfSums(
      this.reported.rows.map(({ statistics }) => statistics),
      quotient,
    );
  }

  private get isOneMessage(): boolean {
    return this.reported.rows.length === 1;
  }
}

/** A sum over some of the messages would pass for the sum over all. */
function sum(values: readonly (number | null)[]): number | null {
  const [first = null, ...others] = values;
  if (others.length === 0) return first;
  const total = others.reduce((sum, value) => (sum === null || value === null ? null : sum + value), first);
  return total === null ? null : asDecimal(total);
}
