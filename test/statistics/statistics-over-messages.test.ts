import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { STATISTICS } from "../../src/klaviyo/campaign-values-api.js";
import { KlaviyoError } from "../../src/klaviyo/failure.js";
import { CampaignStatistics } from "../../src/statistics/campaign-statistics.type.js";

type Numbers = Readonly<Record<string, unknown>>;

function statisticsOf(messages: readonly Numbers[]): CampaignStatistics {
  const rows = messages.map((attributes, n) => ({
    campaignId: "C",
    messageId: `M${n}`,
    statistics: { type: "statistics", attributes },
  }));
  return new CampaignStatistics({ rows, ageMs: 0 }, 0);
}

/** As Klaviyo's examples show it. */
const rounded = (rate: number) => Math.round(rate * 10_000) / 10_000;
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Messages of some thousand recipients, with the rates that follow from a divisor. */
const messagesBy = (divisor: "recipients" | "delivered") =>
  fc.array(
    fc
      .record({ recipients: fc.integer({ min: 1_000, max: 9_000 }), lost: fc.integer({ min: 200, max: 500 }) })
      .map(({ recipients, lost }) => {
        const whole = divisor === "recipients" ? recipients : recipients - lost;
        return { recipients, delivered: recipients - lost, bounced: lost, bounce_rate: rounded(lost / whole) };
      }),
    { minLength: 2, maxLength: 5 },
  );

describe("over several messages", () => {
  test("counts and amounts are added up, and nothing is said of people", () => {
    const message = fc.record({
      opens: fc.nat(1_000),
      conversion_value: fc.integer({ min: 0, max: 10_000 }),
      opens_unique: fc.nat(1_000),
      open_rate: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), (messages) => {
        const statistics = statisticsOf(messages);
        const only = messages.length === 1 ? messages[0] : undefined;
        expect(statistics.opens).toBe(sum(messages.map(({ opens }) => opens)));
        expect(statistics.conversionValue).toBe(sum(messages.map((each) => each.conversion_value)));
        expect(statistics.opensUnique).toBe(only?.opens_unique ?? null);
        expect(statistics.openRate).toBe(only?.open_rate ?? null);
      }),
    );
  });

  test.each(["recipients", "delivered"] as const)(
    "a rate is all bounces by all %s, if Klaviyo divides so",
    (divisor) => {
      fc.assert(
        fc.property(messagesBy(divisor), (messages) => {
          const { bounceRate } = statisticsOf(messages);
          const rates = messages.map((message) => message.bounced / message[divisor]);
          const rate = sum(messages.map(({ bounced }) => bounced)) / sum(messages.map((m) => m[divisor]));
          expect(bounceRate).toBeCloseTo(rate, 14);
          // Between the messages' own, as a rate over all of them has to be.
          expect(bounceRate).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-12);
          expect(bounceRate).toBeLessThanOrEqual(Math.max(...rates) + 1e-12);
        }),
      );
    },
  );

  test("a rate is null where the messages' own do not show by what Klaviyo divides", () => {
    const fits = { recipients: 1_000, delivered: 900, bounced: 100, bounce_rate: 0.1 };
    expect(statisticsOf([fits, fits]).bounceRate).toBe(0.1);
    expect(statisticsOf([fits, { ...fits, bounce_rate: 0.2 }]).bounceRate).toBeNull();
    expect(statisticsOf([fits, { ...fits, bounce_rate: null }]).bounceRate).toBeNull();
    expect(statisticsOf([fits, { ...fits, bounced: null }]).bounceRate).toBeNull();
  });

  test("a message that nobody got takes no part in a rate", () => {
    const nobody = { recipients: 0, delivered: 0, bounced: 0, bounce_rate: 0 };
    const some = { recipients: 1_000, delivered: 900, bounced: 100, bounce_rate: 0.1 };
    expect(statisticsOf([nobody, some]).bounceRate).toBe(0.1);
    expect(statisticsOf([nobody, nobody]).bounceRate).toBeNull();
  });

  test("amounts are the decimal numbers that they are on paper, and so is one by another", () => {
    const worth = (value: number) => ({ conversion_value: value, conversions: 1, average_order_value: value });
    const statistics = statisticsOf([worth(0.1), worth(0.2)]);
    expect(statistics.conversionValue).toBe(0.3);
    expect(statistics.averageOrderValue).toBe(0.15);
    const third = statisticsOf([worth(0.1), worth(0.1), worth(0.1)]);
    expect([third.conversionValue, third.averageOrderValue]).toEqual([0.3, 0.1]);
  });

  test("cents add up to the cent, as much as they are", () => {
    const cents = fc.array(fc.integer({ min: 0, max: 10_000_000_000 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(cents, (amounts) => {
        const { conversionValue } = statisticsOf(amounts.map((amount) => ({ conversion_value: amount / 100 })));
        expect(conversionValue).toBe(sum(amounts) / 100);
      }),
    );
  });

  test("what Klaviyo says of the only message is given as it is", () => {
    expect(statisticsOf([{ conversion_value: 0.30000000000000004 }]).conversionValue).toBe(0.30000000000000004);
  });

  test("a number that one message lacks is null: a part would pass for the whole", () => {
    expect(statisticsOf([{ opens: 1 }, { opens: null }]).opens).toBeNull();
    expect(statisticsOf([{ opens: 1 }, {}]).opens).toBeNull();
  });
});

describe("the numbers of Klaviyo", () => {
  test("have a field each, also with numbers beside them that nobody knows yet", () => {
    const numbers = Object.fromEntries(STATISTICS.map((name, index) => [name, index + 1]));
    const statistics = statisticsOf([{ ...numbers, smell: "lilac" }]);
    const seen = STATISTICS.map((name) => Reflect.get(statistics, camelCase(name)));
    expect(seen).toEqual(STATISTICS.map((_, index) => index + 1));
  });

  test("are null, each of them, where Klaviyo has no row or says null or nothing", () => {
    const nulls = Object.fromEntries(STATISTICS.map((name) => [name, null]));
    for (const statistics of [statisticsOf([]), statisticsOf([nulls]), statisticsOf([{}]), statisticsOf([{}, {}])]) {
      const seen = STATISTICS.map((name) => Reflect.get(statistics, camelCase(name)));
      expect(seen).toEqual(STATISTICS.map(() => null));
    }
  });

  test.each<[string, Numbers, string]>([
    ["text", { opens: "many" }, "opens is not a 32-bit integer"],
    ["half an opening", { opens: 1.5 }, "opens is not a 32-bit integer"],
    ["more than an Int can hold", { opens: 2 ** 31 }, "opens is not a 32-bit integer"],
  ])("are an invalid response where they are %s, and not made up", (_, numbers, reason) => {
    expect(() => statisticsOf([numbers]).opens).toThrow(KlaviyoError);
    expect(() => statisticsOf([numbers]).opens).toThrow(reason);
  });

  test("may be no whole ones where they are money", () => {
    expect(statisticsOf([{ conversion_value: 12.5 }]).conversionValue).toBe(12.5);
    expect(() => statisticsOf([{ conversion_value: "12.5" }]).conversionValue).toThrow("not a number");
  });
});

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
