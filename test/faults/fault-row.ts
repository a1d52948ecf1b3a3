import type { Socket } from "node:net";
import type { FaultAnswer } from "../../src/simulator/simulator.js";
import type { Certificates } from "../support/certificates.js";
import type { HeldClock } from "../support/held-clock.js";
import type { Script } from "../support/hostile-upstream.js";

/** What goes wrong, and who makes it so. */
export type Play =
  /** The simulator, told by its control endpoint. */
  | {
      readonly by: "simulator";
      readonly answer: FaultAnswer;
      /** The request is carried out all the same. */
      readonly applied?: true;
      /** No answer comes: the gateway's time has to pass. */
      readonly stalls?: true;
    }
  /** Bytes in place of an answer. */
  | { readonly by: "script"; readonly script: Script }
  /** Something that befalls each connection, whatever its requests. */
  | {
      readonly by: "connection";
      readonly greeting: (socket: Socket, clock: HeldClock) => void;
      readonly scheme?: "https";
    }
  /** Whom the other side says to be. */
  | { readonly by: "certificate"; readonly certificate: keyof Certificates }
  /** Nobody is there. */
  | { readonly by: "origin"; readonly url: string };

/**
 * What each of the trials came to, in their order, such as `UPSTREAM_TIMEOUT: 3 GET`: what its caller is told, and the calls that
 * have reached the other side.
 */
export type Cells = readonly [read: string, page: string, ask: string, look: string, send: string];

/** What comes of something that goes wrong once, and of the same every time. Some things cannot go wrong just once. */
export interface Answers {
  readonly once?: Cells;
  readonly always: Cells;
}

export interface FaultRow {
  readonly title: string;
  readonly play: Play;
  readonly answers: Answers;
}

/** Faults of a kind. */
export interface FaultSection {
  readonly title: string;
  readonly rows: readonly FaultRow[];
}

/** So many rows of the same answers. */
export function rowsOf(answers: Answers, plays: Readonly<Record<string, Play>>): readonly FaultRow[] {
  return Object.entries(plays).map(([title, play]) => ({ title, play, answers }));
}
