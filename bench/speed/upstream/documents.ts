import { CREATED_AT, LABEL, messageIdOf, NAME, STATUS, TAGS } from "../campaigns.ts";

/** What a call asks to be told: Klaviyo sends neither attributes nor relationships that nobody asked for. */
export interface Asked {
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly include: ReadonlySet<string>;
}

type Json = Readonly<Record<string, unknown>>;

const ATTRIBUTES: Json = {
  name: NAME,
  status: STATUS.klaviyo,
  archived: false,
  audiences: { included: ["Y6nRLr", "UTd5ui"], excluded: [] },
  send_options: { use_smart_sending: true },
  tracking_options: { add_tracking_params: true, custom_tracking_params: [], is_tracking_clicks: true },
  send_strategy: { method: "static", datetime: "2026-11-24T09:00:00+00:00", options: null },
  created_at: CREATED_AT,
  scheduled_at: "2026-11-20T10:00:00+00:00",
  updated_at: "2026-11-23T10:00:00+00:00",
  send_time: "2026-11-24T09:00:00+00:00",
};

const DEFINITION: Json = {
  channel: "email",
  label: LABEL,
  content: { subject: "Last days", preview_text: "Up to 40 % off", from_email: "shop@example.com", from_label: "Shop" },
};

export function asked(query: URLSearchParams): Asked {
  const fields = [...query].flatMap(([name, value]) => {
    const [, type] = /^fields\[(.+)\]$/.exec(name) ?? [];
    return type === undefined ? [] : [[type, new Set(value.split(","))] as const];
  });
  return { fields: new Map(fields), include: new Set(query.get("include")?.split(",")) };
}

export function campaignResource(id: string, status: string, { fields, include }: Asked): Json {
  const messages = [{ type: "campaign-message", id: messageIdOf(id) }];
  const tags = TAGS.map((tag) => ({ type: "tag", id: tag.id }));
  const path = `https://a.klaviyo.com/api/campaigns/${id}`;
  return {
    type: "campaign",
    id,
    attributes: only({ ...ATTRIBUTES, status }, fields.get("campaign")),
    relationships: {
      "campaign-messages": relationship(path, "campaign-messages", include.has("campaign-messages") && messages),
      tags: relationship(path, "tags", include.has("tags") && tags),
    },
    links: { self: path },
  };
}

/** What comes along with a campaign, but for tags, which all of them share. */
export function messageResource(campaignId: string, { fields }: Asked): Json {
  const id = messageIdOf(campaignId);
  const attributes = { definition: DEFINITION, send_times: null, created_at: CREATED_AT, updated_at: CREATED_AT };
  const links = { self: `https://a.klaviyo.com/api/campaign-messages/${id}` };
  return { type: "campaign-message", id, attributes: only(attributes, fields.get("campaign-message")), links };
}

export function tagResources({ fields }: Asked): readonly Json[] {
  return TAGS.map(({ id, name }) => {
    const links = { self: `https://a.klaviyo.com/api/tags/${id}` };
    return { type: "tag", id, attributes: only({ name }, fields.get("tag")), links };
  });
}

export function includedOf(ids: readonly string[], wanted: Asked): readonly Json[] {
  return [
    ...(wanted.include.has("campaign-messages") ? ids.map((id) => messageResource(id, wanted)) : []),
    ...(wanted.include.has("tags") ? tagResources(wanted) : []),
  ];
}

function only(attributes: Json, names: ReadonlySet<string> | undefined): Json {
  if (names === undefined) return attributes;
  // `definition.channel` asks for a part; the whole is an answer to it as well.
  const wanted = new Set([...names].map((name) => name.split(".")[0]));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted.has(name)));
}

function relationship(path: string, name: string, data: readonly Json[] | false): Json {
  const links = { self: `${path}/relationships/${name}`, related: `${path}/${name}` };
  return data ? { data, links } : { links };
}
