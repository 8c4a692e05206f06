/** Bytes and the texts they are written in; what is written in two ways is refused. */

export type Bytes = Uint8Array<ArrayBuffer>;

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MISTYPED: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Return the only spelling of a Crockford text, or null if it has a foreign character. */
export function canonical(text: string): string | null {
  // Not toUpperCase: it turns characters of other scripts into these letters.
  const folded = text
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/[OIL]/g, (letter) => MISTYPED[letter] ?? letter);
  return /^[0-9A-HJKMNP-TV-Z]*$/.test(folded) ? folded : null;
}

/** Return the bytes of a canonical Crockford text, or null if no bytes are written so. */
export function fromCrockford(text: string): Bytes | null {
  return unpacked(text, CROCKFORD, 5);
}

/** Return the bytes of a base64url text without padding, or null if no bytes are written so. */
export function fromBase64url(text: string): Bytes | null {
  return unpacked(text, BASE64URL, 6);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Tell whether two byte strings are the same. */
export function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function unpacked(text: string, alphabet: string, bits: number): Bytes | null {
  const bytes = new Uint8Array(Math.floor((text.length * bits) / 8));
  let held = 0;
  let width = 0;
  let at = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return null;
    held = (held << bits) | value;
    width += bits;
    if (width >= 8) {
      width -= 8;
      bytes[at++] = held >> width;
      held &= (1 << width) - 1;
    }
  }
  // A whole character too many, or fill that is not zero, would be a second spelling.
  return width >= bits || held !== 0 ? null : bytes;
}
