/** The signed payload of the code (contracts/qr/profile.md). */

import { type Bytes, canonical, fromCrockford, hex, joined, same, utf8 } from "./bytes.ts";
import { Malformed, Reader, prefixed } from "./cbor.ts";
import { verify } from "./ed25519.ts";
import { type KeyList, findKey, signedInTime } from "./key-list.ts";
import { secondsOfDay } from "./time.ts";

const MOST_BYTES = 140;
const PROTECTED = Uint8Array.of(0xa1, 0x01, 0x27); // {1: -8}, EdDSA
const EXTERNAL_DATA = utf8("yuzheng-qr-payload-1");
const KEY_ID_LABEL = 4;

export interface Facts {
  readonly keyId: string;
  /** 证书管理号, 14 digits. */
  readonly number: string;
  readonly year: number;
  readonly version: number;
  readonly officeId: string;
  /** Days since 1970-01-01. */
  readonly issuedOn: number;
  readonly statusIndex: number;
  /** First 8 bytes of the record's digest, hexadecimal. */
  readonly recordDigest: string;
  readonly nameCheck: Bytes;
}

export type Outcome =
  | "genuine"
  | "malformed"
  | "list_expired"
  | "key_unknown"
  | "signature_wrong"
  | "key_revoked"
  | "key_out_of_time";

/** What a device finds out about a payload; facts only if they may be believed. */
export type Checked =
  | { readonly outcome: "genuine"; readonly facts: Facts }
  | { readonly outcome: Exclude<Outcome, "genuine"> };

interface Message {
  readonly facts: Facts;
  readonly signed: Bytes;
  readonly signature: Bytes;
}

/** Return the bytes of a payload as it is written in an address; null if it cannot be one. */
export function payloadBytes(text: string): Bytes | null {
  const spelled = canonical(text);
  return spelled === null ? null : fromCrockford(spelled);
}

/** Check a payload with a key list whose own signature has been checked; `now` in seconds. */
export async function checkPayload(
  payload: Bytes,
  list: KeyList,
  now: number,
): Promise<Checked> {
  const message = readMessage(payload);
  if (!message) return { outcome: "malformed" };
  if (now > list.expiresAt) return { outcome: "list_expired" };
  const key = findKey(list, message.facts.keyId, "payload");
  if (!key) return { outcome: "key_unknown" };
  if (!(await verify(key.key, message.signature, message.signed))) {
    return { outcome: "signature_wrong" };
  }
  if (key.revokedAt !== null) return { outcome: "key_revoked" };
  const day = secondsOfDay(message.facts.issuedOn);
  if (!signedInTime(key, day.first, day.last)) return { outcome: "key_out_of_time" };
  return { outcome: "genuine", facts: message.facts };
}

function readMessage(payload: Bytes): Message | null {
  if (payload.length > MOST_BYTES) return null;
  try {
    return message(payload);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function message(payload: Bytes): Message {
  const reader = new Reader(payload);
  reader.array(4);
  if (!same(reader.byteString(), PROTECTED)) throw new Malformed("another algorithm");
  reader.map(1);
  if (reader.unsigned() !== KEY_ID_LABEL) throw new Malformed("no key id");
  const keyId = ascii(reader.byteString());
  const body = reader.byteString();
  const signature = reader.byteString();
  reader.end();
  const signed = joined(
    Uint8Array.of(0x84),
    prefixed(3, utf8("Signature1")),
    prefixed(2, PROTECTED),
    prefixed(2, EXTERNAL_DATA),
    prefixed(2, body),
  );
  return { facts: factsOf(keyId, body), signed, signature };
}

function factsOf(keyId: string, body: Bytes): Facts {
  const reader = new Reader(body);
  reader.array(8);
  const facts = {
    keyId,
    number: reader.unsigned().toString().padStart(14, "0"),
    year: reader.unsigned(),
    version: reader.unsigned(),
    officeId: uuid(reader.byteString()),
    issuedOn: reader.unsigned(),
    statusIndex: reader.unsigned(),
    recordDigest: hex(sized(reader.byteString(), 8)),
    nameCheck: sized(reader.byteString(), 8),
  };
  reader.end();
  return facts;
}

function sized(bytes: Bytes, length: number): Bytes {
  if (bytes.length !== length) throw new Malformed(`not ${length} bytes`);
  return bytes;
}

function uuid(bytes: Bytes): string {
  const digits = hex(sized(bytes, 16));
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function ascii(bytes: Bytes): string {
  if (bytes.some((byte) => byte > 126)) throw new Malformed("a key id is ASCII");
  return new TextDecoder().decode(bytes);
}
