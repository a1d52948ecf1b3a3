import { registerEnumType } from "type-graphql";

export enum ListOptInProcess {
  SINGLE_OPT_IN = "SINGLE_OPT_IN",
  DOUBLE_OPT_IN = "DOUBLE_OPT_IN",
  UNRECOGNIZED = "UNRECOGNIZED",
}

registerEnumType(ListOptInProcess, {
  name: "ListOptInProcess",
  description:
    "How people get on a list. Klaviyo adds values without notice: handle UNRECOGNIZED, and show `optInProcessText`.",
  valuesConfig: {
    SINGLE_OPT_IN: { description: "Signing up is enough." },
    DOUBLE_OPT_IN: { description: "Whoever signs up must confirm it first." },
    UNRECOGNIZED: { description: "A way that this gateway does not know yet." },
  },
});

const BY_WORDING: ReadonlyMap<string, ListOptInProcess> = new Map([
  ["single_opt_in", ListOptInProcess.SINGLE_OPT_IN],
  ["double_opt_in", ListOptInProcess.DOUBLE_OPT_IN],
]);

/** @param wording as Klaviyo writes it */
export function listOptInProcessOf(wording: string): ListOptInProcess {
  return BY_WORDING.get(wording) ?? ListOptInProcess.UNRECOGNIZED;
}
