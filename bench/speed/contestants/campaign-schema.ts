/** The part of the gateway's schema that is asked for, for those who need one of their own. */
export const TYPE_DEFINITIONS = `
  enum CampaignChannel { EMAIL SMS MOBILE_PUSH }
  enum CampaignStatus { DRAFT SCHEDULED SENDING SENT CANCELLED }
  enum CampaignSendAction { CANCEL REVERT }
  enum CancelCampaignSendOutcome { STOPPED ACCEPTED }
  scalar _Any
  type Tag { id: ID! name: String! }
  type CampaignMessage { id: ID! channel: CampaignChannel label: String }
  type Campaign {
    id: ID! name: String! status: CampaignStatus! statusText: String! createdAt: String!
    messages: [CampaignMessage!] tags: [Tag!]
  }
  union _Entity = Campaign
  input CampaignFilterInput { nameContains: String }
  type CampaignConnection { nodes: [Campaign!]! }
  type CancelCampaignSendPayload { outcome: CancelCampaignSendOutcome! campaign: Campaign }
  type Query {
    campaign(id: ID!): Campaign
    campaigns(channel: CampaignChannel!, first: Int = 20, filter: CampaignFilterInput): CampaignConnection!
    _entities(representations: [_Any!]!): [_Entity]!
  }
  type Mutation {
    cancelCampaignSend(id: ID!, revision: String!, action: CampaignSendAction!): CancelCampaignSendPayload!
  }
`;
