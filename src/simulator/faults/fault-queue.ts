import type { RecordedRequest } from "../recorded-request.js";
import type { Fault } from "./fault.js";

interface Waiting {
  readonly fault: Fault;
  left: number;
}

/** The faults to come. The oldest that fits a request hits it; one request is hit by one fault. */
export class FaultQueue {
  #waiting: readonly Waiting[] = [];
  readonly #random: () => number;

  /** `random`: 0 to 1, as Math.random; what faults with a share are drawn by. */
  constructor(random: () => number) {
    this.#random = random;
  }

  add(fault: Fault): void {
    const { times = 1 } = fault;
    this.#waiting = [...this.#waiting, { fault, left: times === "always" ? Infinity : times }];
  }

  clear(): void {
    this.#waiting = [];
  }

  take(request: RecordedRequest): Fault | undefined {
    const hit = this.#waiting.find(({ fault, left }) => left > 0 && isHit(fault, request) && this.#isDrawn(fault));
    if (hit) hit.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return hit?.fault;
  }

  #isDrawn({ share = 1 }: Fault): boolean {
    return share === 1 || this.#random() < share;
  }
}

function isHit({ match }: Fault, { method, path }: RecordedRequest): boolean {
  const isMethod = match?.method === undefined || match.method.toUpperCase() === method;
  return isMethod && (match?.path === undefined || isPath(match.path, path));
}

function isPath(wanted: string, path: string): boolean {
  return wanted.endsWith("*") ? path.startsWith(wanted.slice(0, -1)) : path === wanted;
}
