import { cancelAtKlaviyo, type Document, readKlaviyo, type Resource } from "./klaviyo-calls.ts";

interface PageArguments {
  readonly first: number;
  readonly filter: { readonly nameContains: string };
}

const one = async (id: string) => (await readKlaviyo<Resource>(`/api/campaigns/${id}`)).data;
const status = (wording: unknown) => String(wording).toUpperCase().replaceAll(/[ :]+/g, "_");

/** As a team writes them first: whole resources, a call for what belongs to each, a resolver for each field. */
export const naiveResolvers = {
  Query: {
    campaign: (_: unknown, { id }: { readonly id: string }) => one(id),
    campaigns: async (_: unknown, { first, filter }: PageArguments) => {
      const clauses = `and(equals(messages.channel,"email"),contains(name,"${filter.nameContains}"))`;
      const path = `/api/campaigns?filter=${encodeURIComponent(clauses)}&page[size]=${first}`;
      return { nodes: (await readKlaviyo<readonly Resource[]>(path)).data };
    },
    _entities: (_: unknown, { representations }: { readonly representations: readonly { readonly id: string }[] }) =>
      Promise.all(representations.map(({ id }) => one(id))),
  },
  Mutation: {
    cancelCampaignSend: async (_: unknown, { id }: { readonly id: string }) => {
      await cancelAtKlaviyo(id);
      const campaign = await one(id);
      return { outcome: campaign.attributes["status"] === "Cancelled" ? "STOPPED" : "ACCEPTED", campaign };
    },
  },
  _Entity: { __resolveType: () => "Campaign" },
  Campaign: {
    name: ({ attributes }: Resource) => attributes["name"],
    status: ({ attributes }: Resource) => status(attributes["status"]),
    statusText: ({ attributes }: Resource) => attributes["status"],
    createdAt: ({ attributes }: Resource) => new Date(String(attributes["created_at"])).toISOString(),
    messages: ({ id }: Resource) => related(id, "campaign-messages"),
    tags: ({ id }: Resource) => related(id, "tags"),
  },
  CampaignMessage: {
    channel: ({ attributes }: Resource) => definition(attributes).channel.toUpperCase(),
    label: ({ attributes }: Resource) => definition(attributes).label,
  },
  Tag: { name: ({ attributes }: Resource) => attributes["name"] },
};

async function related(id: string, what: string): Promise<readonly Resource[]> {
  const { data }: Document<readonly Resource[]> = await readKlaviyo(`/api/campaigns/${id}/${what}`);
  return data;
}

function definition(attributes: Resource["attributes"]): { readonly channel: string; readonly label: string } {
  return attributes["definition"] as { readonly channel: string; readonly label: string };
}
