import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "@jest/globals";
import { tablesIn } from "../house/markdown.js";
import { EXAMPLE_CAMPAIGNS, startEstimation } from "../suites/operation-examples.js";
import { startGateway } from "../support/gateway.js";
import { type CallRow, CAMPAIGNS, SECTIONS } from "./call-rows.js";
import { startMeteringProxy } from "./metering-proxy.js";
import { callsInWords } from "./calls-in-words.js";
import { isWriting, markdownTable } from "./page.js";

const PATH = "docs/calls.md";
const COLUMNS = ["Klaviyo calls", "Sent bytes", "Received bytes", "Without fieldsets"];

const page = readFileSync(PATH, "utf8");
const measured = new Map<string, readonly string[]>();

describe.each(SECTIONS)("docs/calls.md: $header", ({ header, rows, isExample }) => {
  const told = tablesIn(page).find((table) => table.header[0] === header)?.rows ?? [];

  test.each(rows)("$title costs what it says: `npm run tables` writes it", async (row) => {
    const cells = await measure(row, isExample);
    measured.set(row.title, cells);
    if (!isWriting) expect(told.filter(([title]) => title === row.title)).toEqual([cells]);
  });

  test("has no row too many", () => {
    if (!isWriting) expect(told.map(([title]) => title)).toEqual(rows.map(({ title }) => title));
  });
});

afterAll(() => {
  if (!isWriting) return;
  const tables = SECTIONS.map(({ header, rows }) =>
    markdownTable(
      [header, ...COLUMNS],
      rows.map(({ title }) => measured.get(title) ?? []),
    ),
  );
  let index = 0;
  writeFileSync(
    PATH,
    page.replaceAll(/(?:^\|.*\|$\n?)+/gm, () => `${tables[index++]}\n`),
  );
});

async function measure({ title, document, variables }: CallRow, isExample: boolean): Promise<readonly string[]> {
  let simulatorUrl = "";
  await using proxy = await startMeteringProxy(() => simulatorUrl);
  await using gateway = await startGateway({
    upstreamUrl: proxy.url,
    simulator: { campaigns: isExample ? EXAMPLE_CAMPAIGNS : CAMPAIGNS },
  });
  ({ simulatorUrl } = gateway);
  if (isExample) await startEstimation(simulatorUrl);
  const { body } = await gateway.query(document, variables);
  expect(body.errors).toBeUndefined();
  const sum = (bytes: readonly number[]) => String(bytes.reduce((total, next) => total + next, 0));
  const { calls } = proxy;
  return [
    title,
    `${calls.length}: ${callsInWords(calls.map(({ method }) => method))}`,
    sum(calls.map(({ sentBytes }) => sentBytes)),
    sum(calls.map(({ receivedBytes }) => receivedBytes)),
    sum(calls.map(({ wholeBytes }) => wholeBytes)),
  ];
}
