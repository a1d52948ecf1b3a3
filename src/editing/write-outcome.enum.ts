import { registerEnumType } from "type-graphql";

export enum WriteOutcome {
  DONE = "DONE",
  ACCEPTED = "ACCEPTED",
  REFUSED = "REFUSED",
  UNKNOWN = "UNKNOWN",
}

registerEnumType(WriteOutcome, {
  name: "WriteOutcome",
  description: "What became of a write. Nothing is called done that Klaviyo did not say, or that was not read back.",
  valuesConfig: {
    DONE: { description: "Klaviyo carried it out, or it was read back as written." },
    ACCEPTED: { description: "Klaviyo took it on and works on it. Query the job or the campaign for how far it is." },
    REFUSED: { description: "Nothing was changed. `problem` says why." },
    UNKNOWN: {
      description:
        "Klaviyo was asked, and whether it acted could not be learnt: it may have been done. `problem` says what to check, and " +
        "whether asking again is harmless.",
    },
  },
});
