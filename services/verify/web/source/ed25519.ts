/** Ed25519: by the browser where it can, else in JavaScript. */

import { verifyAsync } from "@noble/ed25519";

import type { Bytes } from "./bytes.ts";

export type Verify = (key: Bytes, signature: Bytes, message: Bytes) => Promise<boolean>;

/** Check a signature with the browser's own Ed25519; rejects where it has none. */
export const verifyNatively: Verify = async (key, signature, message) => {
  const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", imported, signature, message);
};

/** Check a signature in JavaScript, as strictly as RFC 8032 says. */
export const verifyInScript: Verify = async (key, signature, message) => {
  if (key.length !== 32 || signature.length !== 64) return false;
  return verifyAsync(signature, message, key, { zip215: false });
};

let native: Promise<boolean> | undefined;

/** Check a signature; a key or signature that is none is a signature that does not hold. */
export const verify: Verify = async (key, signature, message) => {
  native ??= hasNative();
  try {
    return await ((await native) ? verifyNatively : verifyInScript)(key, signature, message);
  } catch {
    return false;
  }
};

// RFC 8032, 7.1, test 1: a browser that says no to it has Ed25519 by name only.
const KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const SIGNATURE =
  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

async function hasNative(): Promise<boolean> {
  try {
    return await verifyNatively(bytesOf(KEY), bytesOf(SIGNATURE), new Uint8Array());
  } catch {
    return false;
  }
}

function bytesOf(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
