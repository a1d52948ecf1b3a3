import { describe, expect, test } from "@jest/globals";
import { GraphQLError } from "graphql";
import { ERROR_CODES, type ErrorCode } from "../../src/server/error-codes.js";
import { createFormatError } from "../../src/server/format-error.js";
import { errorBody, HttpError } from "../../src/server/http-error.js";
import { extensionsOf } from "../../src/server/public-error.js";

const CODES = Object.entries(ERROR_CODES).map(([code, { extensions }]) => [code as ErrorCode, extensions] as const);

/** Every extension that any code may have, and some that none has. */
const EVERYTHING = Object.fromEntries(
  [...CODES.flatMap(([, extensions]) => extensions), "stacktrace", "http", "detail", "cause"].map((name) => [
    name,
    name,
  ]),
);

describe("an error has the extensions that the table of codes gives it, and nothing else", () => {
  test.each(CODES)("%s, however much is known", (code, extensions) => {
    const told = extensionsOf({ code, message: "", extensions: EVERYTHING });
    expect(told).toEqual({ code, ...Object.fromEntries(extensions.map((name) => [name, name])) });
  });

  test.each(CODES)("%s, where nothing is known", (code, extensions) => {
    const unknown = Object.fromEntries(extensions.map((name) => [name, undefined]));
    expect(Object.keys(extensionsOf({ code, message: "", extensions: unknown }))).toEqual(["code"]);
  });

  test.each(CODES)("%s, when GraphQL says it and brings all sorts of things along", (code) => {
    const format = createFormatError(
      () => "incident-1",
      () => {},
    );
    const thrown = new GraphQLError("No.", { extensions: { code, ...EVERYTHING } });
    const answer = format({ ...thrown.toJSON(), ...EVERYTHING }, thrown);
    // An internal error of somebody else's is masked, and has an incident.
    const incident = code === "INTERNAL_SERVER_ERROR" ? { incidentId: "incident-1" } : {};
    expect(answer).toEqual({ message: expect.any(String), extensions: { code, ...incident } });
  });

  test.each(CODES)("%s, when it is answered before GraphQL sees it", (code, extensions: readonly string[]) => {
    const { errors } = JSON.parse(errorBody(new HttpError(400, code, "No.", 7)));
    const retryAfterMs = extensions.includes("retryAfterMs") ? { retryAfterMs: 7 } : {};
    expect(errors).toEqual([{ message: "No.", extensions: { code, ...retryAfterMs } }]);
  });
});
