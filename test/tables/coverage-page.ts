import { type DocumentedOperation, OpenApiSchemas } from "../support/openapi-schema.js";
import { ATTRIBUTE_COVERAGE, type MemberCoverage } from "./attribute-coverage.js";
import { isOmission, type Omission } from "./coverage.js";
import { documentedMembers } from "./documented-members.js";
import { OPERATION_COVERAGE, type OperationCoverage } from "./operation-coverage.js";
import { markdownTable } from "./page.js";

/** The whole of docs/coverage.md. */
export function coveragePage(): string {
  const schemas = new OpenApiSchemas();
  const [campaigns, neighbours] = [true, false].map((isCampaigns) =>
    schemas.operations.filter(({ tags }) => tags.includes("Campaigns") === isCampaigns).map(operationRow),
  );
  const parts = [...documentedMembers(schemas)].map(([part, members]) => partSection(part, members));
  return `${[
    INTRODUCTION,
    `## The ${campaigns?.length} operations on campaigns`,
    operationTable(campaigns ?? []),
    `## The ${neighbours?.length} operations of the neighbours`,
    operationTable(neighbours ?? []),
    MEMBERS,
    ...parts,
  ].join("\n\n")}\n`;
}

const INTRODUCTION = `# What of Klaviyo's API is in the graph

Every operation and every member of every resource of Klaviyo's OpenAPI document (revision 2026-07-15), each with the field of
the graph that reaches it, or with the reason why none does. The page is written by \`npm run tables\` from that document and from
\`test/tables/operation-coverage.ts\` and \`test/tables/attribute-coverage.ts\`. Tests hold it against the document and the schema, run
each operation to see it on the wire, and compare each member with what the graph answers.`;

const MEMBERS = `## The members of each resource

Attributes and relationships under the resource's JSON:API type, and what is nested in them under the name that Klaviyo's
document has for it.`;

function operationTable(rows: readonly (readonly string[])[]): string {
  return markdownTable(["Operation", "Request", "In the graph", "Shown by"], rows);
}

function operationRow({ operationId, method, path }: DocumentedOperation): readonly string[] {
  const coverage = OPERATION_COVERAGE[operationId] ?? { omitted: "?" };
  return [`\`${operationId}\``, `\`${method} ${path}\``, ...operationCells(coverage)];
}

function operationCells(coverage: OperationCoverage | Omission): readonly string[] {
  if (isOmission(coverage)) return [`Not in the graph. ${coverage.omitted}`, ""];
  const { fields, shownBy, instead, isFallback } = coverage;
  const detour = instead ? `, by \`${instead.operation}\` with \`include=${instead.include}\`` : "";
  const fallback = isFallback ? ", where Klaviyo leaves them out of the campaign" : "";
  const isFile = shownBy.endsWith(".graphql");
  return [`${code(fields)}${detour}${fallback}`, isFile ? `[${shownBy}](../schema/operations/${shownBy})` : "a test"];
}

function partSection(part: string, members: readonly string[]): string {
  const rows = members.map((member) => [`\`${member}\``, memberCell(ATTRIBUTE_COVERAGE[part]?.[member] ?? [])]);
  return `### ${part}\n\n${markdownTable(["Member", "In the graph"], rows)}`;
}

function memberCell(coverage: MemberCoverage): string {
  if (typeof coverage === "string") return code([coverage]);
  if (isOmission(coverage)) return `Not in the graph. ${coverage.omitted}`;
  return coverage.length > 0 ? code(coverage) : "Its members stand on the object around it";
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
