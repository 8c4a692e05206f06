/** The platform's public keys, as the offline root has signed them (contracts/qr/keys.md). */

import { type Bytes, fromBase64url } from "./bytes.ts";
import { Refused, count, read, string } from "./statement.ts";

const TYPE = "yuzheng-keys+jwt";
const PROFILE = "yuzheng-keys-1";
const ROOT_KEY_ID = "root-1";

export interface ListedKey {
  readonly keyId: string;
  readonly use: string;
  readonly key: Bytes;
  /** Seconds since 1970, as all instants of lists. */
  readonly from: number;
  readonly until: number | null;
  readonly revokedAt: number | null;
}

export interface KeyList {
  readonly sequence: number;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly keys: readonly ListedKey[];
}

/** Return the list if the root has signed it; else `Refused`. */
export async function readKeyList(text: string, root: Bytes): Promise<KeyList> {
  const find = (keyId: string): Bytes | null => (keyId === ROOT_KEY_ID ? root : null);
  const { claims } = await read(text, TYPE, find);
  if (claims["profile"] !== PROFILE) throw new Refused("unknown profile");
  const keys = claims["keys"];
  if (!Array.isArray(keys)) throw new Refused("no keys");
  return {
    sequence: count(claims["sequence"]),
    issuedAt: count(claims["iat"]),
    expiresAt: count(claims["exp"]),
    keys: keys.map(listed),
  };
}

/** Return the key of that id, if it is listed for that use. */
export function findKey(list: KeyList, keyId: string, use: string): ListedKey | null {
  return list.keys.find((key) => key.keyId === keyId && key.use === use) ?? null;
}

/** Tell whether some instant from `first` to `last` lies in the time in which the key signs. */
export function signedInTime(key: ListedKey, first: number, last: number): boolean {
  return last >= key.from && (key.until === null || first <= key.until);
}

function listed(claims: Record<string, unknown>): ListedKey {
  const key = fromBase64url(string(claims["x"]));
  if (key?.length !== 32) throw new Refused("not an Ed25519 key");
  return {
    keyId: string(claims["kid"]),
    use: string(claims["use"]),
    key,
    from: count(claims["nbf"]),
    until: claims["exp"] === undefined ? null : count(claims["exp"]),
    revokedAt: claims["revoked_at"] === undefined ? null : count(claims["revoked_at"]),
  };
}
