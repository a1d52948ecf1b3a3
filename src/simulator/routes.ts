import { createCampaignClone } from "./operations/campaigns/create-campaign-clone.js";
import { createCampaign } from "./operations/campaigns/create-campaign.js";
import { deleteCampaign } from "./operations/campaigns/delete-campaign.js";
import { updateCampaign } from "./operations/campaigns/update-campaign.js";
import { cancelCampaignSend } from "./operations/cancel-campaign-send.js";
import { getCampaignRecipientEstimationJob } from "./operations/estimations/get-campaign-recipient-estimation-job.js";
import { getCampaignRecipientEstimation } from "./operations/estimations/get-campaign-recipient-estimation.js";
import { refreshCampaignRecipientEstimation } from "./operations/estimations/refresh-campaign-recipient-estimation.js";
import { getCampaignSendJob } from "./operations/get-campaign-send-job.js";
import { getCampaign } from "./operations/get-campaign.js";
import { getCampaigns } from "./operations/get-campaigns.js";
import { getImage } from "./operations/library/get-image.js";
import { getImages } from "./operations/library/get-images.js";
import { getList } from "./operations/library/get-list.js";
import { getLists } from "./operations/library/get-lists.js";
import { getMetric } from "./operations/library/get-metric.js";
import { getMetrics } from "./operations/library/get-metrics.js";
import { getSegment } from "./operations/library/get-segment.js";
import { getSegments } from "./operations/library/get-segments.js";
import { getTemplate } from "./operations/library/get-template.js";
import { getTemplates } from "./operations/library/get-templates.js";
import { assignTemplateToCampaignMessage } from "./operations/messages/assign-template-to-campaign-message.js";
import { getCampaignForCampaignMessage } from "./operations/messages/get-campaign-for-campaign-message.js";
import { getCampaignIdForCampaignMessage } from "./operations/messages/get-campaign-id-for-campaign-message.js";
import { getCampaignMessage } from "./operations/messages/get-campaign-message.js";
import { getImageForCampaignMessage } from "./operations/messages/get-image-for-campaign-message.js";
import { getImageIdForCampaignMessage } from "./operations/messages/get-image-id-for-campaign-message.js";
import { getMessageIdsForCampaign } from "./operations/messages/get-message-ids-for-campaign.js";
import { getMessagesForCampaign } from "./operations/messages/get-messages-for-campaign.js";
import { getTemplateForCampaignMessage } from "./operations/messages/get-template-for-campaign-message.js";
import { getTemplateIdForCampaignMessage } from "./operations/messages/get-template-id-for-campaign-message.js";
import { updateCampaignMessage } from "./operations/messages/update-campaign-message.js";
import { updateImageForCampaignMessage } from "./operations/messages/update-image-for-campaign-message.js";
import { queryCampaignValues } from "./operations/reports/query-campaign-values.js";
import { sendCampaign } from "./operations/send-campaign.js";
import { getCampaignIdsForTag } from "./operations/tags/get-campaign-ids-for-tag.js";
import { getTagGroupForTag } from "./operations/tags/get-tag-group-for-tag.js";
import { getTagGroupIdForTag } from "./operations/tags/get-tag-group-id-for-tag.js";
import { getTagGroup } from "./operations/tags/get-tag-group.js";
import { getTagGroups } from "./operations/tags/get-tag-groups.js";
import { getTagIdsForCampaign } from "./operations/tags/get-tag-ids-for-campaign.js";
import { getTag } from "./operations/tags/get-tag.js";
import { getTagsForCampaign } from "./operations/tags/get-tags-for-campaign.js";
import { getTags } from "./operations/tags/get-tags.js";
import type { Route } from "./route.js";

/** The operations that the simulator knows: all of the Campaigns category, and the reads that go with them. */
export const ROUTES: readonly Route[] = [
  getCampaigns,
  createCampaign,
  getCampaign,
  updateCampaign,
  deleteCampaign,
  getCampaignMessage,
  updateCampaignMessage,
  getCampaignSendJob,
  cancelCampaignSend,
  getCampaignRecipientEstimationJob,
  getCampaignRecipientEstimation,
  createCampaignClone,
  assignTemplateToCampaignMessage,
  sendCampaign,
  refreshCampaignRecipientEstimation,
  getCampaignForCampaignMessage,
  getCampaignIdForCampaignMessage,
  getTemplateForCampaignMessage,
  getTemplateIdForCampaignMessage,
  getImageForCampaignMessage,
  getImageIdForCampaignMessage,
  updateImageForCampaignMessage,
  getTagsForCampaign,
  getTagIdsForCampaign,
  getMessagesForCampaign,
  getMessageIdsForCampaign,
  // The neighbours of campaigns.
  getImages,
  getImage,
  getLists,
  getList,
  getMetrics,
  getMetric,
  queryCampaignValues,
  getSegments,
  getSegment,
  getTags,
  getTag,
  getTagGroups,
  getTagGroup,
  getCampaignIdsForTag,
  getTagGroupForTag,
  getTagGroupIdForTag,
  getTemplates,
  getTemplate,
];
