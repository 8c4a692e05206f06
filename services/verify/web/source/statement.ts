/** Signed statements: JWS compact with Ed25519, one kind for each purpose. */

import { type Bytes, fromBase64url, utf8 } from "./bytes.ts";
import { verify } from "./ed25519.ts";

export class Refused extends Error {}

export interface Statement {
  readonly keyId: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Finds the key of an id; null if none of that id may sign this. */
export type KeyFinder = (keyId: string) => Bytes | null;

/** Return what a statement of this type says, before its signature has been looked at. */
export function unverified(text: string, type: string): Statement {
  const [head, body] = parts(text);
  const header = object(head);
  if (header["alg"] !== "EdDSA" || header["typ"] !== type || "crit" in header) {
    throw new Refused("not of this type");
  }
  return { keyId: string(header["kid"]), claims: object(body) };
}

/** Return what a statement of this type says if a key that may sign it did; else `Refused`. */
export async function read(text: string, type: string, find: KeyFinder): Promise<Statement> {
  const statement = unverified(text, type);
  const [head, body, signature] = parts(text);
  const key = find(statement.keyId);
  const signed = fromBase64url(signature);
  if (!key || !signed || !(await verify(key, signed, utf8(`${head}.${body}`)))) {
    throw new Refused("not signed by a key for it");
  }
  return statement;
}

export function string(value: unknown): string {
  if (typeof value !== "string") throw new Refused("not a text");
  return value;
}

/** Return a whole number that is not negative. */
export function count(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw new Refused("not a number of this profile");
  }
  return value;
}

function parts(text: string): [string, string, string] {
  const [head, body, signature, ...more] = text.trim().split(".");
  if (head === undefined || body === undefined || signature === undefined || more.length > 0) {
    throw new Refused("not three parts");
  }
  return [head, body, signature];
}

function object(text: string): Record<string, unknown> {
  const bytes = fromBase64url(text);
  if (!bytes) throw new Refused("not base64url in its only spelling");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refused("not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refused("not an object");
  }
  return value as Record<string, unknown>;
}
