import { registerEnumType } from "type-graphql";

export enum CancelCampaignSendOutcome {
  STOPPED = "STOPPED",
  ALREADY_STOPPED = "ALREADY_STOPPED",
  ACCEPTED = "ACCEPTED",
  TOO_LATE = "TOO_LATE",
  NOT_STOPPED = "NOT_STOPPED",
  UNKNOWN = "UNKNOWN",
}

registerEnumType(CancelCampaignSendOutcome, {
  name: "CancelCampaignSendOutcome",
  description: "What became of the action. Only what was read back from Klaviyo is reported as reached.",
  valuesConfig: {
    STOPPED: {
      description:
        "Done: the campaign was read back as cancelled (CANCEL) or as a draft (REVERT). Where the campaign could not be read, a CANCEL " +
        "is also done when its send job was read back as cancelled; `problem` then says why there is no `campaign`.",
    },
    ALREADY_STOPPED: { description: "It was so before we asked. Nothing was changed." },
    ACCEPTED: {
      description:
        "Klaviyo took the action on, and the campaign had not been seen to get there when the waiting time ended. " +
        "Query the campaign for its status; asking again is harmless.",
    },
    TOO_LATE: { description: "The campaign had been sent, or finished sending, before the action took hold." },
    NOT_STOPPED: { description: "Nothing was changed. `problem` says why." },
    UNKNOWN: {
      description:
        "Klaviyo was asked, or is still going to be for others who ask the same, and whether it acted could not be learnt in time. " +
        "`problem` says what to check; asking again is harmless.",
    },
  },
});
