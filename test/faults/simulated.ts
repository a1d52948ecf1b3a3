import type { FaultAnswer } from "../../src/simulator/simulator.js";
import { API_KEY } from "../support/gateway.js";
import type { Play } from "./fault-row.js";
import { JSON_API, SECRET } from "./scripts.js";

type Headers = Readonly<Record<string, string>>;

const SECRETS = `${SECRET} ${API_KEY}`;
const ERRORS = [{ id: "8c8f4aea-7289-4a13-b697-5dd5dde38f1e", code: SECRETS, title: SECRETS, detail: SECRETS }];

/** What the simulator's control endpoint can be told to answer. */
export function simulated(answer: FaultAnswer): Play {
  return { by: "simulator", answer };
}

/** An error in Klaviyo's form, with words that are nobody's business. */
export function error(status: number, headers: Headers = {}, contentType = JSON_API): Play {
  return simulated({ kind: "status", status, headers, contentType, body: JSON.stringify({ errors: ERRORS }) });
}

/** A page for people, by something that stands in front of Klaviyo. */
export function html(status: number, headers: Headers = {}): Play {
  const body = `<h1>Just a moment</h1>${SECRETS}`;
  return simulated({ kind: "status", status, headers, contentType: "text/html; charset=UTF-8", body });
}

/** Klaviyo does what it is asked to, and its answer is lost. */
export function doneAll(answer: FaultAnswer): Play {
  return { by: "simulator", answer, applied: true };
}
