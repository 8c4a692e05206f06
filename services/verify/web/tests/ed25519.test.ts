import assert from "node:assert/strict";
import { test } from "node:test";

import { verify, verifyInScript, verifyNatively } from "../source/ed25519.ts";
import { fromHex } from "./vectors.ts";

async function signed(message: Uint8Array<ArrayBuffer>) {
  const pair = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, message));
  return { key, signature, message };
}

for (const [name, one] of Object.entries({ verify, verifyInScript, verifyNatively })) {
  test(`${name} says yes to a signature and no to an altered one`, async () => {
    const { key, signature, message } = await signed(new Uint8Array([1, 2, 3]));
    assert.equal(await one(key, signature, message), true);
    assert.equal(await one(key, signature, new Uint8Array([1, 2, 4])), false);
    for (const at of [0, 31, 32, 63]) {
      const altered = signature.slice();
      altered[at]! ^= 1;
      assert.equal(await one(key, altered, message).catch(() => false), false, `byte ${at}`);
    }
  });
}

test("what only a lenient checker accepts is refused in script too", async () => {
  // A key of small order signs anything with S = 0 for those who follow ZIP 215.
  const small = fromHex("01" + "00".repeat(31));
  const signature = fromHex("01" + "00".repeat(63));
  assert.equal(await verifyInScript(small, signature, new Uint8Array([1])).catch(() => false), false);
});

test("a key or signature that is none does not hold", async () => {
  assert.equal(await verify(new Uint8Array(31), new Uint8Array(64), new Uint8Array()), false);
  assert.equal(await verify(new Uint8Array(32), new Uint8Array(1), new Uint8Array()), false);
});
