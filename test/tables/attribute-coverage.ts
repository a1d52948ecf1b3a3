import { omitted, type Omission } from "./coverage.js";

/**
 * Where a member of Klaviyo's is in the graph: coordinates, `Type.field` of a field that holds it, or the name of a type where the
 * member decides of which type something is. An empty list: the member is no object of its own in the graph, and what is in it
 * stands on the object around it.
 */
export type MemberCoverage = string | readonly string[] | Omission;

/** What is in it stands on the object around it. */
const DISSOLVED: readonly string[] = [];

const OLD_MESSAGE = omitted(
  "The shape of before 2025, which `assign_template_to_campaign_message` alone still answers: the message is read anew.",
);
const REVERSE = omitted("Seen from the campaign instead: the way back would be a list without pages.");
const FLOWS = omitted("Flows are not part of this graph.");

/**
 * Every attribute and relationship of every resource by its JSON:API type, and every member of what is nested in them by the name
 * that Klaviyo's OpenAPI document has for it. Tests hold it against that document, against the schema and against answers;
 * `npm run tables` makes docs/coverage.md of it.
 */
export const ATTRIBUTE_COVERAGE: Readonly<Record<string, Readonly<Record<string, MemberCoverage>>>> = {
  campaign: {
    id: "Campaign.id",
    name: "Campaign.name",
    status: ["Campaign.status", "Campaign.statusText"],
    archived: "Campaign.archived",
    audiences: "Campaign.audiences",
    send_options: "Campaign.sendOptions",
    tracking_options: "Campaign.trackingOptions",
    send_strategy: "Campaign.sendStrategy",
    created_at: "Campaign.createdAt",
    scheduled_at: "Campaign.scheduledAt",
    updated_at: "Campaign.updatedAt",
    send_time: "Campaign.sendTime",
    "campaign-messages": "Campaign.messages",
    tags: "Campaign.tags",
  },
  Audiences: {
    included: ["CampaignAudiences.includedIds", "CampaignAudiences.included"],
    excluded: ["CampaignAudiences.excludedIds", "CampaignAudiences.excluded"],
  },
  EmailSendOptions: { use_smart_sending: "CampaignSendOptions.usesSmartSending" },
  SMSSendOptions: { use_smart_sending: "CampaignSendOptions.usesSmartSending" },
  PushSendOptions: { use_smart_sending: "CampaignSendOptions.usesSmartSending" },
  CampaignsEmailTrackingOptions: {
    add_tracking_params: "CampaignTrackingOptions.addsTrackingParameters",
    custom_tracking_params: "CampaignTrackingOptions.customTrackingParameters",
    is_tracking_clicks: "CampaignTrackingOptions.isTrackingClicks",
    is_tracking_opens: "CampaignTrackingOptions.isTrackingOpens",
  },
  CampaignsSMSTrackingOptions: {
    add_tracking_params: "CampaignTrackingOptions.addsTrackingParameters",
    custom_tracking_params: "CampaignTrackingOptions.customTrackingParameters",
  },
  DynamicTrackingParam: {
    type: "DynamicTrackingParameter",
    value: ["DynamicTrackingParameter.filledWith", "DynamicTrackingParameter.valueText"],
    name: "DynamicTrackingParameter.name",
  },
  StaticTrackingParam: {
    type: "StaticTrackingParameter",
    value: "StaticTrackingParameter.value",
    name: "StaticTrackingParameter.name",
  },
  StaticSendStrategy: {
    method: ["SendStrategy.methodText", "StaticSendStrategy"],
    datetime: "StaticSendStrategy.sendAt",
    options: DISSOLVED,
  },
  LocalStaticSend: {
    is_local: "StaticSendStrategy.isLocal",
    send_past_recipients_immediately: "StaticSendStrategy.sendsPastRecipientsImmediately",
  },
  NonLocalStaticSend: { is_local: "StaticSendStrategy.isLocal" },
  SmartSendTimeStrategy: {
    method: ["SendStrategy.methodText", "SmartSendTimeStrategy"],
    date: "SmartSendTimeStrategy.date",
  },
  ThrottledSendStrategy: {
    method: ["SendStrategy.methodText", "ThrottledSendStrategy"],
    datetime: "ThrottledSendStrategy.sendAt",
    throttle_percentage: "ThrottledSendStrategy.throttlePercentage",
  },
  ImmediateSendStrategy: { method: ["SendStrategy.methodText", "ImmediateSendStrategy"] },
  ABTestSendStrategy: { method: ["SendStrategy.methodText", "AbTestSendStrategy"] },
  UnsupportedSendStrategy: { method: ["SendStrategy.methodText", "UnrecognizedSendStrategy"] },
  "campaign-message": {
    id: "CampaignMessage.id",
    definition: "CampaignMessage.definition",
    send_times: "CampaignMessage.sendTimes",
    created_at: "CampaignMessage.createdAt",
    updated_at: "CampaignMessage.updatedAt",
    label: OLD_MESSAGE,
    channel: OLD_MESSAGE,
    content: OLD_MESSAGE,
    render_options: OLD_MESSAGE,
    campaign: "CampaignMessage.campaign",
    template: "CampaignMessage.template",
    image: "CampaignMessage.image",
  },
  SendTime: { datetime: "MessageSendTime.datetime", is_local: "MessageSendTime.isLocal" },
  EmailMessageDefinition: {
    channel: ["CampaignMessage.channel", "CampaignMessage.channelText", "EmailMessageDefinition"],
    label: "CampaignMessage.label",
    content: "EmailMessageDefinition.content",
  },
  EmailContent: {
    subject: "EmailContent.subject",
    preview_text: "EmailContent.previewText",
    from_email: "EmailContent.fromEmail",
    from_label: "EmailContent.fromLabel",
    reply_to_email: "EmailContent.replyToEmail",
    cc_email: "EmailContent.ccEmail",
    bcc_email: "EmailContent.bccEmail",
  },
  SMSMessageDefinition: {
    channel: ["CampaignMessage.channel", "CampaignMessage.channelText", "SmsMessageDefinition"],
    content: "SmsMessageDefinition.content",
    render_options: "SmsMessageDefinition.renderOptions",
  },
  SMSContent: { body: "SmsContent.body", media_url: "SmsContent.mediaUrl" },
  RenderOptions: {
    shorten_links: "SmsRenderOptions.shortensLinks",
    add_org_prefix: "SmsRenderOptions.addsOrganizationPrefix",
    add_info_link: "SmsRenderOptions.addsInfoLink",
    add_opt_out_language: "SmsRenderOptions.addsOptOutLanguage",
  },
  MobilePushMessageStandardDefinition: {
    channel: ["CampaignMessage.channel", "CampaignMessage.channelText"],
    notification_type: "MobilePushMessageDefinition",
    content: "MobilePushMessageDefinition.content",
    kv_pairs: "MobilePushMessageDefinition.keyValuePairs",
    options: "MobilePushMessageDefinition.options",
  },
  MobilePushMessageSilentDefinition: {
    channel: ["CampaignMessage.channel", "CampaignMessage.channelText"],
    notification_type: "SilentMobilePushMessageDefinition",
    kv_pairs: "SilentMobilePushMessageDefinition.keyValuePairs",
  },
  MobilePushContent: {
    title: "MobilePushContent.title",
    body: "MobilePushContent.body",
    dynamic_image: "MobilePushContent.dynamicImage",
    action_buttons: "MobilePushContent.actionButtons",
  },
  PushActionButtonDefinition: {
    label: "PushActionButton.label",
    action_type: ["PushActionButton.action", "PushActionButton.actionText"],
    position: "PushActionButton.position",
    url: "PushActionButton.url",
  },
  MobilePushOptions: {
    on_open: "MobilePushOptions.onOpen",
    badge: "MobilePushOptions.badge",
    play_sound: "MobilePushOptions.playsSound",
  },
  PushOnOpenApp: { type: ["PushOnOpen.typeText", "OpenApp"] },
  PushOnOpenDeepLink: {
    type: ["PushOnOpen.typeText", "OpenDeepLink"],
    ios_deep_link: "OpenDeepLink.iosDeepLink",
    android_deep_link: "OpenDeepLink.androidDeepLink",
  },
  PushOnOpenWebUrl: { type: ["PushOnOpen.typeText", "OpenWebUrl"], web_url: "OpenWebUrl.url" },
  MobilePushBadge: { display: "PushBadge", badge_options: DISSOLVED },
  MobilePushNoBadge: { display: "NoBadge" },
  CampaignMessageIncrement: { badge_config: ["PushBadge.configText", "BadgeIncrement"] },
  CampaignMessageStaticCount: { badge_config: ["PushBadge.configText", "BadgeCount"], value: "BadgeCount.value" },
  CampaignMessageProperty: {
    badge_config: ["PushBadge.configText", "BadgeFromProperty"],
    set_from_property: "BadgeFromProperty.property",
  },
  "campaign-send-job": { id: "CampaignSendJob.id", status: "CampaignSendJob.status" },
  "campaign-recipient-estimation": {
    id: "CampaignRecipientEstimation.id",
    estimated_recipient_count: "CampaignRecipientEstimation.estimatedRecipientCount",
  },
  "campaign-recipient-estimation-job": {
    id: "CampaignRecipientEstimationJob.id",
    status: ["CampaignRecipientEstimationJob.status", "CampaignRecipientEstimationJob.statusText"],
  },
  tag: {
    id: "Tag.id",
    name: "Tag.name",
    "tag-group": "Tag.group",
    lists: REVERSE,
    segments: REVERSE,
    campaigns: REVERSE,
    flows: FLOWS,
  },
  "tag-group": {
    id: "TagGroup.id",
    name: "TagGroup.name",
    exclusive: "TagGroup.exclusive",
    default: "TagGroup.isDefault",
    tags: REVERSE,
  },
  list: {
    id: "List.id",
    name: "List.name",
    created: "List.createdAt",
    updated: "List.updatedAt",
    opt_in_process: ["List.optInProcess", "List.optInProcessText"],
    profile_count: "List.profileCount",
    profiles: omitted("People's data: out of bounds for this graph."),
    tags: omitted("Tags are shown for campaigns alone."),
    "flow-triggers": FLOWS,
  },
  segment: {
    id: "Segment.id",
    name: "Segment.name",
    definition: omitted("A tree of conditions of a hundred kinds: how a segment is kept, not to whom a campaign goes."),
    created: "Segment.createdAt",
    updated: "Segment.updatedAt",
    is_active: "Segment.isActive",
    is_processing: "Segment.isProcessing",
    is_starred: "Segment.isStarred",
    profile_count: "Segment.profileCount",
    profiles: omitted("People's data: out of bounds for this graph."),
    tags: omitted("Tags are shown for campaigns alone."),
    "flow-triggers": FLOWS,
  },
  template: {
    id: "Template.id",
    name: "Template.name",
    editor_type: ["Template.editorType", "Template.editorTypeText"],
    html: "Template.html",
    text: "Template.text",
    amp: "Template.amp",
    created: "Template.createdAt",
    updated: "Template.updatedAt",
    definition: omitted("What the drag-and-drop editor keeps for itself; `html` is what people see."),
  },
  image: {
    id: "Image.id",
    name: "Image.name",
    image_url: "Image.url",
    format: "Image.format",
    size: "Image.sizeBytes",
    hidden: "Image.hidden",
    updated_at: "Image.updatedAt",
  },
  metric: {
    id: "Metric.id",
    name: "Metric.name",
    created: "Metric.createdAt",
    updated: "Metric.updatedAt",
    integration: "Metric.integrationName",
    "flow-triggers": FLOWS,
  },
  "campaign-values-report": { results: "Campaign.statistics", campaigns: "Campaign.statistics" },
  ValuesData: {
    groupings: ["CampaignMessageStatistics.messageId"],
    statistics: ["CampaignStatistics", "CampaignMessageStatistics"],
  },
  flow: {
    id: FLOWS,
    name: FLOWS,
    status: FLOWS,
    archived: FLOWS,
    created: FLOWS,
    updated: FLOWS,
    trigger_type: FLOWS,
    "flow-actions": FLOWS,
    tags: FLOWS,
  },
};
