import { answers } from "./floor-answers.ts";

interface Selection {
  readonly fieldNodes: readonly object[];
}

interface Node {
  readonly name?: { readonly value: string };
  readonly selectionSet?: { readonly selections: readonly Node[] };
}

/** What the floor does by hand, behind resolvers: one call for what is selected, and plain objects that need no resolvers below. */
export const tunedResolvers = {
  Query: {
    campaign: async (_: unknown, variables: object) => (await call("One", variables))["campaign"],
    campaigns: async (_: unknown, variables: object, _context: unknown, info: Selection) =>
      (await call(selects(info, "messages") || selects(info, "tags") ? "Page" : "Statuses", variables))["campaigns"],
    _entities: async (_: unknown, variables: object) => (await call("Entities", variables))["_entities"],
  },
  Mutation: {
    cancelCampaignSend: async (_: unknown, variables: object) =>
      (await call("Cancel", variables))["cancelCampaignSend"],
  },
  _Entity: { __resolveType: () => "Campaign" },
};

async function call(name: string, variables: object): Promise<Readonly<Record<string, unknown>>> {
  // The variables are those of the operation that the answer is made for: each is called by the field of its own.
  return (await answers[name]?.(variables as never)) as Readonly<Record<string, unknown>>;
}

/** Looked up once for each document, which every server keeps. */
const known = new WeakMap<object, ReadonlySet<string>>();

function selects({ fieldNodes: [field] }: Selection, name: string): boolean {
  if (!field) return false;
  const names = known.get(field) ?? new Set(namesIn(field));
  known.set(field, names);
  return names.has(name);
}

function namesIn({ selectionSet }: Node): readonly string[] {
  return (selectionSet?.selections ?? []).flatMap((node) => [node.name?.value ?? "", ...namesIn(node)]);
}
