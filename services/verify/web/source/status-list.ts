/** How certificates stood as of an instant (contracts/status/profile.md). */

import { Unzlib } from "fflate";

import { type Bytes, fromBase64url } from "./bytes.ts";
import type { Facts } from "./payload.ts";
import { type KeyList, findKey, signedInTime } from "./key-list.ts";
import { Refused, count, read, string, unverified } from "./statement.ts";
import { dayOf } from "./time.ts";

const TYPE = "statuslist+jwt";
/** Certificates of one list, two bits each. */
export const SLOTS = 2 ** 18;
const BITS = 2;
const BYTES = (SLOTS * BITS) / 8;

export interface StatusList {
  readonly number: number;
  /** Complete up to here, in seconds since 1970. */
  readonly asOf: number;
  readonly expiresAt: number;
  readonly slots: Bytes;
}

export type Standing =
  | "valid"
  | "invalid"
  | "suspended"
  | "superseded"
  | "newer_than_list"
  | "list_expired"
  | "other_list";

const SAID = ["valid", "invalid", "suspended", "superseded"] as const;

/** Return the number of the list that has a status index. */
export function listOf(statusIndex: number): number {
  return Math.floor(statusIndex / SLOTS);
}

/** Return the list if a status key of the key list has signed it for this host; else `Refused`. */
export async function readStatusList(
  text: string,
  keys: KeyList,
  host: string,
): Promise<StatusList> {
  const asOf = count(unverified(text, TYPE).claims["iat"]);
  const { claims } = await read(text, TYPE, (keyId) => {
    const key = findKey(keys, keyId, "status");
    const counts = key !== null && key.revokedAt === null && signedInTime(key, asOf, asOf);
    return counts ? key.key : null;
  });
  return {
    number: numberIn(string(claims["sub"]), host),
    asOf,
    expiresAt: count(claims["exp"]),
    slots: slotsIn(claims["status_list"]),
  };
}

/** Return how the certificate of genuine facts stood as of the list; `now` in seconds. */
export function standingOf(list: StatusList, facts: Facts, now: number): Standing {
  if (listOf(facts.statusIndex) !== list.number) return "other_list";
  if (now > list.expiresAt) return "list_expired";
  const said = SAID[slot(list, facts.statusIndex % SLOTS)] ?? "invalid";
  return said === "invalid" && dayOf(list.asOf) <= facts.issuedOn ? "newer_than_list" : said;
}

/** Return what a slot says, 0 to 3. */
export function slot(list: StatusList, number: number): number {
  const byte = list.slots[Math.floor(number / 4)] ?? 0b01010101;
  return (byte >> (2 * (number % 4))) & 3;
}

function numberIn(subject: string, host: string): number {
  const prefix = `https://${host}/v/status/`;
  const number = subject.startsWith(prefix) ? subject.slice(prefix.length) : "";
  if (!/^(0|[1-9][0-9]{0,9})$/.test(number)) throw new Refused("a list of another host");
  return Number(number);
}

function slotsIn(value: unknown): Bytes {
  const claims = (value ?? {}) as Record<string, unknown>;
  if (claims["bits"] !== BITS) throw new Refused("not two bits for each");
  const packed = fromBase64url(string(claims["lst"]));
  if (!packed) throw new Refused("not base64url in its only spelling");
  return inflated(packed);
}

/** Return the slots; what unpacks to more is refused before all of it is unpacked. */
function inflated(packed: Bytes): Bytes {
  if (packed.length < 6) throw new Refused("not zlib");
  const slots = new Uint8Array(BYTES);
  let length = 0;
  const unpacking = new Unzlib((chunk) => {
    if (length + chunk.length > BYTES) throw new Refused("longer than a list");
    slots.set(chunk, length);
    length += chunk.length;
  });
  try {
    // In pieces, because a few bytes can unpack to many.
    for (let at = 0; at < packed.length; at += 512) {
      unpacking.push(packed.subarray(at, at + 512), at + 512 >= packed.length);
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("not zlib");
  }
  // The library leaves this to its user: what is cut off or lies behind shows here.
  const checksum = new DataView(packed.buffer, packed.byteOffset + packed.length - 4);
  if (length !== BYTES || checksum.getUint32(0) !== adler32(slots)) {
    throw new Refused("not the length of a list");
  }
  return slots;
}

/** Return the checksum of zlib (RFC 1950). */
function adler32(bytes: Bytes): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}
