import { cancelAtKlaviyo, type Document, readKlaviyo, type Resource } from "./klaviyo-calls.ts";

interface PageVariables {
  readonly first: number;
  readonly filter: { readonly nameContains: string };
}

type Answer = (variables: never) => Promise<unknown>;

const FULL =
  "fields[campaign]=created_at,name,status&fields[campaign-message]=definition&fields[tag]=name&include=campaign-messages,tags";

/** What each operation is answered with, by hand. */
export const answers: Readonly<Record<string, Answer>> = {
  One: async ({ id }: { readonly id: string }) => {
    const { data } = await readKlaviyo<Resource>(`/api/campaigns/${id}?fields[campaign]=name,status`);
    return { campaign: campaign(data) };
  },
  Page: async (variables: PageVariables) => {
    const document = await page(variables, FULL);
    const messages = new Map(included(document, "campaign-message").map((one) => [one.id, message(one)]));
    const tags = new Map(
      included(document, "tag").map((one) => [one.id, { id: one.id, name: one.attributes["name"] }]),
    );
    const nodes = document.data.map((resource) => ({
      ...campaign(resource),
      createdAt: new Date(String(resource.attributes["created_at"])).toISOString(),
      messages: linked(resource, "campaign-messages", messages),
      tags: linked(resource, "tags", tags),
    }));
    return { campaigns: { nodes } };
  },
  Statuses: async (variables: PageVariables) => {
    const { data } = await page(variables, "fields[campaign]=status");
    return { campaigns: { nodes: data.map((resource) => ({ id: resource.id, status: status(resource) })) } };
  },
  Cancel: async ({ id }: { readonly id: string }) => {
    await cancelAtKlaviyo(id);
    const { data } = await readKlaviyo<Resource>(`/api/campaigns/${id}?fields[campaign]=status`);
    const statusText = data.attributes["status"];
    const outcome = statusText === "Cancelled" ? "STOPPED" : "ACCEPTED";
    return { cancelCampaignSend: { outcome, campaign: { id, statusText } } };
  },
  Entities: async ({ representations }: { readonly representations: readonly { readonly id: string }[] }) => {
    const [only] = representations;
    if (only && representations.length === 1) {
      const { data } = await readKlaviyo<Resource>(`/api/campaigns/${only.id}?fields[campaign]=name,status`);
      return { _entities: [campaign(data)] };
    }
    const ids = representations.map(({ id }) => `"${id}"`).join();
    const filter = `and(equals(messages.channel,"email"),any(id,[${ids}]))`;
    const document = await list(filter, representations.length, "fields[campaign]=name,status");
    const byId = new Map(document.data.map((resource) => [resource.id, campaign(resource)]));
    return { _entities: representations.map(({ id }) => byId.get(id) ?? null) };
  },
};

function page({ first, filter }: PageVariables, more: string): Promise<Document<readonly Resource[]>> {
  return list(`and(equals(messages.channel,"email"),contains(name,"${filter.nameContains}"))`, first, more);
}

function list(filter: string, size: number, more: string): Promise<Document<readonly Resource[]>> {
  return readKlaviyo(`/api/campaigns?filter=${encodeURIComponent(filter)}&page[size]=${size}&${more}`);
}

function campaign({ id, attributes }: Resource): {
  readonly id: string;
  readonly name: unknown;
  readonly status: string;
} {
  return { id, name: attributes["name"], status: statusOf(attributes["status"]) };
}

function status({ attributes }: Resource): string {
  return statusOf(attributes["status"]);
}

function statusOf(wording: unknown): string {
  return String(wording).toUpperCase().replaceAll(/[ :]+/g, "_");
}

function message({ id, attributes }: Resource): object {
  const { channel, label } = attributes["definition"] as { readonly channel: string; readonly label: string };
  return { id, channel: channel.toUpperCase(), label };
}

function included(document: Document<unknown>, type: string): readonly Resource[] {
  return document.included?.filter((resource) => resource.type === type) ?? [];
}

function linked<T>(resource: Resource, name: string, byId: ReadonlyMap<string, T>): readonly (T | undefined)[] {
  return resource.relationships?.[name]?.data?.map(({ id }) => byId.get(id)) ?? [];
}
