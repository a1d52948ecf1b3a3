import { createPublicKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { JSONWebKeySet } from "jose";

/** More than any issuer has keys for. */
const KEYS_LIMIT_BYTES = 262_144;
const TIME_LIMIT_MS = 5_000;

/** Fetches a JSON Web Key Set. A redirect is not followed: where the keys are is for the configuration to say. */
export async function fetchKeys(url: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(TIME_LIMIT_MS);
  const answer = await fetch(url, { redirect: "error", signal, headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  return JSON.parse(await readWithin(answer, KEYS_LIMIT_BYTES)) as JSONWebKeySet;
}

/** Reads a JSON Web Key Set, or one public key or certificate as PEM. @throws Error for a file that is neither */
export async function readKeys(path: string): Promise<JSONWebKeySet> {
  const text = await readFile(path, "utf8");
  if (text.trimStart().startsWith("-----BEGIN"))
    return { keys: [createPublicKey(text).export({ format: "jwk" })] } as JSONWebKeySet;
  const set = JSON.parse(text) as Partial<JSONWebKeySet> | null;
  if (!Array.isArray(set?.keys)) throw new Error(`${path} is no JSON Web Key Set, and no public key as PEM.`);
  return { keys: set.keys };
}

async function readWithin(answer: Response, limitBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of answer.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) throw new Error(`The key set is larger than ${limitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
