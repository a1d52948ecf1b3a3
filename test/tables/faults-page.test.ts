import { expect, test } from "@jest/globals";
import type { FaultRow } from "../faults/fault-row.js";
import { SECTIONS } from "../faults/sections.js";
import { TRIALS } from "../faults/trials.js";
import { markdownTable, pageAndExpected } from "./page.js";

const PREFACE = `# What goes wrong, and what is told

Everything that is known to go wrong between the gateway and Klaviyo, what its caller is told, and the calls that have reached the
other side. Each row is tried in \`test/faults/\` over real connections, against the simulator's control endpoint or a server
that sends any bytes it likes; this page is made of the same rows (\`npm run tables\`), and a test holds it.

- **Read** is \`campaign\`, **Page** is \`campaigns\`, **Send** is \`sendCampaign\`. **Cancel** is \`cancelCampaignSend\` of a campaign that is
  being sent: once its PATCH goes wrong, and once its looks at the campaign do.
- **Once**: the first call goes wrong, and no other. **Always**: all do. What cannot go wrong just once has one line.
- A cell is an outcome or an error code, the problem's code, and after how long asking again is worth while, where that is known.
  [errors.md](errors.md) says what they mean.
- In every cell the answer is in time and true by what the simulator knows; nothing of a hostile body and no key stands in it or in a
  log; and no timer, listener, connection or work is left behind.

Settings are the defaults, but for these: the circuits are off, since they look at many calls together, as are Klaviyo's limits; and
Klaviyo's answers may have 64 KiB. Pauses are as long as they can be: their jitter is held.
`;

test("docs/faults.md has the rows of test/faults: `npm run tables` writes it", () => {
  const tables = SECTIONS.map(({ title, rows }) => `## ${title}\n\n${markdownTable(HEADER, rows.flatMap(linesOf))}\n`);
  const [page, expected] = pageAndExpected("docs/faults.md", [PREFACE, ...tables].join("\n"));
  expect(page).toBe(expected);
});

const HEADER = ["What goes wrong", "How often", ...TRIALS.map(({ title }) => title)];

function linesOf({ title, answers: { once, always } }: FaultRow): readonly (readonly string[])[] {
  return [...(once ? [[title, "once", ...once]] : []), [title, "always", ...always]];
}
