import { expect } from "@jest/globals";
import { isErrorCode } from "../../src/server/error-codes.js";
import type { RawAnswer } from "../server/raw-http.js";

/** Expects the one error, in JSON, that a request is answered with before GraphQL sees it. */
export function expectHttpError({ status, headers, body }: RawAnswer, expectedStatus: number, code: string): void {
  expect(isErrorCode(code)).toBe(true);
  expect(status).toBe(expectedStatus);
  expect(headers["content-type"]).toBe("application/json; charset=utf-8");
  expect(JSON.parse(body)).toEqual({
    errors: [expect.objectContaining({ message: expect.any(String), extensions: { code } })],
  });
}
