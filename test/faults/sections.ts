import type { FaultSection } from "./fault-row.js";
import { CLOCK_JUMPS } from "./rows/clock-jumps.js";
import { LOST_CONNECTIONS } from "./rows/lost-connections.js";
import { REFUSALS } from "./rows/refusals.js";
import { SERVER_ERRORS } from "./rows/server-errors.js";
import { SILENCE } from "./rows/silence.js";
import { STRANGERS } from "./rows/strangers.js";
import { THROTTLING } from "./rows/throttling.js";
import { UNREACHABLE } from "./rows/unreachable.js";

/** All that can go wrong between the gateway and Klaviyo, as docs/faults.md has it. */
export const SECTIONS: readonly FaultSection[] = [
  THROTTLING,
  SERVER_ERRORS,
  REFUSALS,
  STRANGERS,
  LOST_CONNECTIONS,
  SILENCE,
  UNREACHABLE,
  CLOCK_JUMPS,
];
