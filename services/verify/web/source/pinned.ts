/** What a copy of these scripts is made for. The two texts are put in where they are served. */

import { type Bytes, fromBase64url } from "./bytes.ts";

const ROOT = "[[root]]";
const HOST = "[[host]]";

/** Return the public key of the offline root, which signs the list of all other keys. */
export function rootKey(): Bytes {
  const key = fromBase64url(ROOT);
  if (key?.length !== 32) throw new Error("these scripts were served without a root key");
  return key;
}

/** Return the only host whose codes and lists are genuine. */
export function officialHost(): string {
  return HOST;
}
