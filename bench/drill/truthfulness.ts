import type { CancelRecord, Claim, Click } from "./cancel-record.ts";
import type { Move, Write } from "./klaviyo-control.ts";

/** What the simulator knows of one campaign. */
export interface Truth {
  readonly statuses: readonly Move[];
  readonly patches: readonly Write[];
}

/** What is wrong with what frontends were told about a campaign, in words; empty when all of it is true. */
export function liesIn({ press, clicks }: CancelRecord, truth: Truth): readonly string[] {
  return clicks.flatMap((click) => {
    const lie = click.claim && lieOf(click, click.claim, truth);
    return lie === undefined ? [] : [`${press.campaignId} ${click.requestId}: ${lie}`];
  });
}

function lieOf(click: Click, claim: Claim, truth: Truth): string | undefined {
  const seen = statusesWithin(truth.statuses, click.atMs, click.endedAtMs);
  if (claim.statusText !== null && !seen.includes(claim.statusText))
    return `it said "${claim.statusText}", but the campaign was ${seen.join(", then ")}`;
  const wasTaken = patchesWithin(truth.patches, click).some(({ carriedOut }) => carriedOut === 204);
  const isCancelled = seen.some((status) => status.startsWith("Cancelled"));
  return lieAbout(claim, { wasTaken, isCancelled, isSent: seen.includes("Sent") });
}

interface Facts {
  /** Klaviyo carried out a cancel while this click was being answered. */
  readonly wasTaken: boolean;
  readonly isCancelled: boolean;
  readonly isSent: boolean;
}

function lieAbout({ outcome, reason }: Claim, { wasTaken, isCancelled, isSent }: Facts): string | undefined {
  switch (outcome) {
    case "STOPPED":
      return isCancelled ? undefined : "it said STOPPED, but the campaign was not stopped";
    case "ALREADY_STOPPED":
      if (wasTaken) return "it said ALREADY_STOPPED, but Klaviyo had taken the cancel on";
      return isCancelled ? undefined : "it said ALREADY_STOPPED, but the campaign was not stopped";
    case "ACCEPTED":
      return wasTaken ? undefined : "it said ACCEPTED, but Klaviyo had not taken a cancel on";
    case "TOO_LATE":
      return isSent ? undefined : "it said TOO_LATE, but the campaign had not been sent";
    case "UNKNOWN":
      return undefined;
    case "NOT_STOPPED":
    case "FAILED":
      return wasTaken ? `it said ${outcome} (${reason}), but Klaviyo had taken the cancel on` : undefined;
    default:
      return `it said "${outcome}", which means nothing`;
  }
}

/** Every status that the campaign had at some time from `fromMs` to `toMs`. */
function statusesWithin(moves: readonly Move[], fromMs: number, toMs: number): readonly string[] {
  return moves
    .filter(({ atMs }, index) => atMs <= toMs && (moves[index + 1]?.atMs ?? Infinity) >= fromMs)
    .map(({ status }) => status);
}

function patchesWithin(patches: readonly Write[], { atMs, endedAtMs }: Click): readonly Write[] {
  return patches.filter((patch) => patch.atMs >= atMs && patch.atMs <= endedAtMs);
}
