/** How the fields of a GraphQL type are made from a JSON:API resource; the planner reads it. */
export interface ResourceShape {
  /** JSON:API type. */
  readonly type: string;
  /** The attribute behind each field that has one. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Fields behind which there is a relationship that can come along, and what it links to. */
  readonly relationships: Readonly<Record<string, { readonly name: string; readonly shape: ResourceShape }>>;
}

export const TAG_GROUP: ResourceShape = {
  type: "tag-group",
  attributes: { name: "name", exclusive: "exclusive", isDefault: "default" },
  relationships: {},
};

export const TAG: ResourceShape = {
  type: "tag",
  attributes: { name: "name" },
  relationships: { group: { name: "tag-group", shape: TAG_GROUP } },
};

export const LIST: ResourceShape = {
  type: "list",
  attributes: {
    name: "name",
    optInProcess: "opt_in_process",
    optInProcessText: "opt_in_process",
    createdAt: "created",
    updatedAt: "updated",
  },
  relationships: {},
};

export const SEGMENT: ResourceShape = {
  type: "segment",
  attributes: {
    name: "name",
    isActive: "is_active",
    isProcessing: "is_processing",
    isStarred: "is_starred",
    createdAt: "created",
    updatedAt: "updated",
  },
  relationships: {},
};

export const METRIC: ResourceShape = {
  type: "metric",
  attributes: { name: "name", integrationName: "integration", createdAt: "created", updatedAt: "updated" },
  relationships: {},
};

export const CAMPAIGN_RECIPIENT_ESTIMATION: ResourceShape = {
  type: "campaign-recipient-estimation",
  attributes: { estimatedRecipientCount: "estimated_recipient_count" },
  relationships: {},
};

export const CAMPAIGN_RECIPIENT_ESTIMATION_JOB: ResourceShape = {
  type: "campaign-recipient-estimation-job",
  attributes: { status: "status", statusText: "status" },
  relationships: {},
};

export const TEMPLATE: ResourceShape = {
  type: "template",
  attributes: {
    name: "name",
    editorType: "editor_type",
    editorTypeText: "editor_type",
    html: "html",
    text: "text",
    amp: "amp",
    createdAt: "created",
    updatedAt: "updated",
  },
  relationships: {},
};

export const IMAGE: ResourceShape = {
  type: "image",
  attributes: {
    name: "name",
    url: "image_url",
    format: "format",
    sizeBytes: "size",
    hidden: "hidden",
    updatedAt: "updated_at",
  },
  relationships: {},
};

const CAMPAIGN_ATTRIBUTES = {
  name: "name",
  status: "status",
  statusText: "status",
  archived: "archived",
  audiences: "audiences",
  sendOptions: "send_options",
  trackingOptions: "tracking_options",
  sendStrategy: "send_strategy",
  createdAt: "created_at",
  updatedAt: "updated_at",
  scheduledAt: "scheduled_at",
  sendTime: "send_time",
};

const MESSAGE_ATTRIBUTES = {
  channelText: "definition",
  label: "definition",
  channel: "definition",
  definition: "definition",
  sendTimes: "send_times",
  createdAt: "created_at",
  updatedAt: "updated_at",
};

/** A message that came along with its campaign: Klaviyo includes one level deep. */
const INCLUDED_MESSAGE: ResourceShape = {
  type: "campaign-message",
  attributes: MESSAGE_ATTRIBUTES,
  relationships: {},
};

export const CAMPAIGN: ResourceShape = {
  type: "campaign",
  attributes: CAMPAIGN_ATTRIBUTES,
  relationships: {
    messages: { name: "campaign-messages", shape: INCLUDED_MESSAGE },
    tags: { name: "tags", shape: TAG },
  },
};

export const CAMPAIGN_MESSAGE: ResourceShape = {
  type: "campaign-message",
  attributes: MESSAGE_ATTRIBUTES,
  relationships: {
    campaign: {
      name: "campaign",
      shape: { type: "campaign", attributes: CAMPAIGN_ATTRIBUTES, relationships: {} },
    },
    template: { name: "template", shape: TEMPLATE },
    image: { name: "image", shape: IMAGE },
  },
};
