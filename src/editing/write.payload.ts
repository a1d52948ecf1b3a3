import { Field, InterfaceType } from "type-graphql";
import { WriteOutcome } from "./write-outcome.enum.js";
import { WriteProblem } from "./write-problem.type.js";

/** What is known of a write: the part of the answer that is the same for all of them. */
export interface Verdict {
  readonly outcome: WriteOutcome;
  readonly problem: WriteProblem | null;
}

@InterfaceType("WritePayload", {
  description:
    "What a mutation that writes answers. Whatever became of the write is data here, not an error: routers in front of a " +
    "subgraph redact errors, and a frontend must be able to tell these apart.",
  resolveType: (payload: WritePayload) => payload.constructor.name,
})
export abstract class WritePayload {
  @Field(() => WriteOutcome, { description: "What became of the write." })
  readonly outcome: WriteOutcome;

  @Field(() => WriteProblem, {
    nullable: true,
    description:
      "Why it is REFUSED or UNKNOWN; or, if it is DONE, why what was written could not be read back. Null if all went well.",
  })
  readonly problem: WriteProblem | null;

  constructor({ outcome, problem }: Verdict) {
    this.outcome = outcome;
    this.problem = problem;
  }
}
