import type { SeedCampaign } from "../../src/simulator/simulator.js";
import { OPERATION_FILES, readOperation, VARIABLES } from "../suites/operation-examples.js";

/** Something that a frontend or a router asks for, to be weighed. */
export interface CallRow {
  readonly title: string;
  readonly document: string;
  readonly variables?: object | undefined;
}

const TAGS = ["6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01", "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d02"];

/** A hundred e-mails and ten text messages, each with a message and two tags, over the account's own lists, templates and images. */
export const CAMPAIGNS: readonly SeedCampaign[] = [
  ...Array.from({ length: 100 }, (_, n) => seed(`01JCALLSEMAIL${padded(n)}`, { messages: [{ templateId: "RipRmi" }] })),
  ...Array.from({ length: 10 }, (_, n) =>
    seed(`01JCALLSTEXT${padded(n)}`, { channel: "sms", messages: [{ imageId: n % 2 ? "7" : "14254" }] }),
  ),
];

function seed(id: string, parts: Partial<SeedCampaign>): SeedCampaign {
  const tags = TAGS.map((tag, n) => ({ id: tag, name: n ? "Service" : "Black Friday" }));
  return {
    id,
    name: `Campaign ${id}`,
    status: "Scheduled",
    tags,
    audiences: { included: ["Y6nRLr", "VbM7aD"] },
    ...parts,
  };
}

function padded(n: number): string {
  return String(n).padStart(4, "0");
}

const E_MAILS = CAMPAIGNS.slice(0, 100).map(({ id }) => id);
function page(selection: string, channel = "EMAIL", first = 100): string {
  return `{ campaigns(channel: ${channel}, first: ${first}) { nodes { ${selection} } } }`;
}

const ENTITIES = E_MAILS.map((id) => `{ __typename: "Campaign", id: "${id}" }`).join(" ");

const READS: readonly CallRow[] = [
  { title: "One campaign", document: `{ campaign(id: "${E_MAILS[0]}") { id name status sendTime } }` },
  {
    title: "One campaign with messages and tags",
    document: `{ campaign(id: "${E_MAILS[0]}") { id name messages { id channel label } tags { id name } } }`,
  },
  {
    title: "The same campaign twice, under different selections",
    document: `{ a: campaign(id: "${E_MAILS[0]}") { name } b: campaign(id: "${E_MAILS[0]}") { status tags { name } } }`,
  },
  {
    title: "20 campaigns by alias",
    document: `{ ${E_MAILS.slice(0, 20)
      .map((id, n) => `c${n}: campaign(id: "${id}") { id name status }`)
      .join(" ")} }`,
  },
  { title: "A page of 100 campaigns", document: page("id name status sendTime") },
  {
    title: "A page of 100 campaigns with messages and tags",
    document: page("id name messages { id channel label } tags { id name }"),
  },
  {
    title: "A page of 100 campaigns with tags and their groups",
    document: page("id tags { id name group { id name } }"),
  },
  {
    title: "A page of 100 campaigns with audiences by name",
    document: page(
      "id audiences { included { ... on List { id listName: name } ... on Segment { id segmentName: name } } }",
    ),
  },
  {
    title: "A page of 10 campaigns with the templates of their messages",
    document: page("id messages { id template { id name } }", "EMAIL", 10),
  },
  {
    title: "A page of 10 campaigns with the images of their messages",
    document: page("id messages { id image { id url } }", "SMS", 10),
  },
  { title: "A page of 10 campaigns with their send jobs", document: page("id sendJob { id status }", "SMS", 10) },
  {
    title: "100 campaigns for a router, as `_entities`",
    document: `{ _entities(representations: [${ENTITIES}]) { ... on Campaign { id name status } } }`,
  },
];

/** The operations of `schema/operations/`, over the small account of their own tests. */
const EXAMPLES: readonly CallRow[] = OPERATION_FILES.map((file) => ({
  title: `[${file}](../schema/operations/${file})`,
  document: readOperation(file),
  variables: VARIABLES[file],
}));

export const SECTIONS = [
  { header: "Reads", rows: READS, isExample: false },
  { header: "Operation", rows: EXAMPLES, isExample: true },
] as const;
