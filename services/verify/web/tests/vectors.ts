import { readFileSync } from "node:fs";

/** Return a file of test vectors of the contracts. */
export function vectors(name: string): any {
  const file = new URL(`../../../../contracts/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf-8"));
}

export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
