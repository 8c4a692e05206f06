/** As much of CBOR (RFC 8949) as a payload is made of, in its shortest encoding only. */

import type { Bytes } from "./bytes.ts";

export class Malformed extends Error {}

const UNSIGNED = 0;
const BYTES = 2;
const ARRAY = 4;
const MAP = 5;

/** Reads one value after the other; whatever is not the one expected is `Malformed`. */
export class Reader {
  private at = 0;
  private readonly bytes: Bytes;

  constructor(bytes: Bytes) {
    this.bytes = bytes;
  }

  unsigned(): number {
    return this.head(UNSIGNED);
  }

  byteString(): Bytes {
    const length = this.head(BYTES);
    const end = this.at + length;
    if (end > this.bytes.length) throw new Malformed("ends within a byte string");
    const value = this.bytes.slice(this.at, end);
    this.at = end;
    return value;
  }

  array(length: number): void {
    if (this.head(ARRAY) !== length) throw new Malformed(`not an array of ${length}`);
  }

  map(length: number): void {
    if (this.head(MAP) !== length) throw new Malformed(`not a map of ${length}`);
  }

  end(): void {
    if (this.at !== this.bytes.length) throw new Malformed("something lies behind it");
  }

  private head(major: number): number {
    const first = this.byte();
    if (first >> 5 !== major) throw new Malformed(`not of major type ${major}`);
    const short = first & 31;
    if (short < 24) return short;
    if (short > 27) throw new Malformed("no length of this profile");
    const size = 1 << (short - 24);
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + this.byte();
    const least = size === 1 ? 24 : 2 ** (4 * size);
    if (value < least) throw new Malformed("not the shortest encoding");
    if (!Number.isSafeInteger(value)) throw new Malformed("larger than any field");
    return value;
  }

  private byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new Malformed("ends too early");
    return value;
  }
}

/** Return a byte string or text with its head; `major` is 2 or 3. */
export function prefixed(major: 2 | 3, bytes: Uint8Array): Bytes {
  const length = bytes.length;
  const head =
    length < 24
      ? [(major << 5) | length]
      : length < 256
        ? [(major << 5) | 24, length]
        : [(major << 5) | 25, length >> 8, length & 255];
  const all = new Uint8Array(head.length + length);
  all.set(head);
  all.set(bytes, head.length);
  return all;
}
