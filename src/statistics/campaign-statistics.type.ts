import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import { optionalNumber } from "../klaviyo/attributes.js";
import type { CampaignValues, Statistic } from "../klaviyo/campaign-values-api.js";
import { StatisticValues } from "./statistic-values.type.js";

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

  protected total(statistic: Statistic): number | null {
    return optionalNumber(this.row.statistics, statistic);
  }

  protected single(statistic: Statistic): number | null {
    return this.total(statistic);
  }
}

/** When a report was made. */
export interface ReportAge {
  readonly asOf: Date;
  readonly ageMs: number;
}

/** A view over all rows that the values report has of a campaign. */
@ObjectType("CampaignStatistics", {
  simpleResolvers: true,
  implements: StatisticValues,
  description:
    "What a campaign achieved: for counts and amounts the sum over its messages. For numbers of people, rates and averages, which do not " +
    "add up, it is that of the message where there is one, and null where there are several: read `messages` then.",
})
export class CampaignStatistics extends StatisticValues {
  constructor(
    private readonly rows: readonly CampaignValues[],
    private readonly age: ReportAge,
  ) {
    super();
  }

  @Field(() => GraphQLDateTime, {
    description: "When Klaviyo reported this. Reports are kept for a while, because Klaviyo makes only 225 a day.",
  })
  get asOf(): Date {
    return this.age.asOf;
  }

  @Field(() => Int, { description: "How old the report is, in milliseconds." })
  get ageMs(): number {
    return this.age.ageMs;
  }

  @Field(() => [CampaignMessageStatistics], {
    description: "The same for each message; empty if none was sent in the timeframe.",
  })
  get messages(): readonly CampaignMessageStatistics[] {
    return this.rows.map((row) => new CampaignMessageStatistics(row));
  }

  protected total(statistic: Statistic): number | null {
    const values = this.rows.flatMap((row) => optionalNumber(row.statistics, statistic) ?? []);
    // A sum over some of the messages would pass for the sum over all.
    if (values.length === 0 || values.length < this.rows.length) return null;
    return values.reduce((sum, value) => sum + value, 0);
  }

  protected single(statistic: Statistic): number | null {
    const [row, ...others] = this.rows;
    return row && others.length === 0 ? optionalNumber(row.statistics, statistic) : null;
  }
}
