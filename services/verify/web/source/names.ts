/** A full name against the check that the code carries of it. */

import { type Bytes, canonical, same, utf8 } from "./bytes.ts";

const CHECK_BYTES = 8;
// Spelled out: what \s stands for here differs from what the issuing service removes.
const WHITE_SPACE =
  /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;

/** Return the name for comparison: NFC, one kind of middle dot, no white space. */
export function normalised(name: string): string {
  return name
    .normalize("NFC")
    .replace(/[\u2022\u2027\u30fb\uff0e]/g, "\u00b7")
    .replace(WHITE_SPACE, "");
}

/** Tell whether `name` is the one that the payload of this token was made with. */
export async function nameMatches(name: string, token: string, check: Bytes): Promise<boolean> {
  const secret = canonical(token);
  if (secret === null) return false;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", utf8(secret), algorithm, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, utf8(normalised(name)));
  return same(new Uint8Array(mac).slice(0, CHECK_BYTES), check);
}
