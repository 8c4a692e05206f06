import assert from "node:assert/strict";
import { test } from "node:test";

import { readCode } from "../source/address.ts";
import { fromBase64url, hex } from "../source/bytes.ts";
import { type KeyList, readKeyList } from "../source/key-list.ts";
import { checkPayload, payloadBytes } from "../source/payload.ts";
import { Refused } from "../source/statement.ts";
import { isoDay } from "../source/time.ts";
import { fromHex, vectors } from "./vectors.ts";

const QR = vectors("qr/vectors.json");
const LISTS = vectors("qr/key-list-vectors.json");
const ROOT = fromBase64url(LISTS.root.x)!;

function qrKeys(): KeyList {
  const keys = Object.entries(QR.payload_public_keys as Record<string, string>).map(
    ([keyId, key]) => ({
      keyId,
      use: "payload",
      key: Uint8Array.from(Buffer.from(key, "base64")),
      from: 0,
      until: null,
      revokedAt: null,
    }),
  );
  return { sequence: 1, issuedAt: 0, expiresAt: 4e9, keys };
}

test("every good payload is genuine and says what it was made with", async () => {
  for (const vector of QR.payloads.valid) {
    const code = readCode(vector.url);
    assert.equal(code?.token, vector.token);
    assert.equal(hex(code!.payload!), vector.payload_hex);
    const checked = await checkPayload(code!.payload!, qrKeys(), 0);
    assert.equal(checked.outcome, "genuine");
    if (checked.outcome !== "genuine") continue;
    const { nameCheck, ...facts } = checked.facts;
    assert.deepEqual(
      {
        key_id: facts.keyId,
        number: facts.number,
        year: facts.year,
        version: facts.version,
        office_id: facts.officeId,
        issued_on: isoDay(facts.issuedOn),
        status_index: facts.statusIndex,
        record_digest: facts.recordDigest,
        name_check: hex(nameCheck),
      },
      vector.fields,
    );
  }
});

test("no refused payload is genuine", async () => {
  assert.ok(QR.payloads.refused.length > 0);
  for (const vector of QR.payloads.refused) {
    const checked = await checkPayload(fromHex(vector.payload_hex), qrKeys(), 0);
    assert.notEqual(checked.outcome, "genuine", vector.reason);
  }
});

test("no single byte of a payload can be changed, left out or added", async () => {
  const good = fromHex(QR.payloads.valid[0].payload_hex);
  for (let at = 0; at < good.length; at++) {
    const altered = good.slice();
    altered[at]! ^= 1;
    const checked = await checkPayload(altered, qrKeys(), 0);
    assert.notEqual(checked.outcome, "genuine", `byte ${at}`);
    assert.equal((await checkPayload(good.slice(0, at), qrKeys(), 0)).outcome, "malformed");
  }
  const longer = Uint8Array.from([...good, 0]);
  assert.equal((await checkPayload(longer, qrKeys(), 0)).outcome, "malformed");
});

test("every list of the vectors is read as stated", async () => {
  for (const { signed, claims } of Object.values<any>(LISTS.lists)) {
    const list = await readKeyList(signed, ROOT);
    assert.equal(list.sequence, claims.sequence);
    assert.equal(list.expiresAt, claims.exp);
    assert.deepEqual(
      list.keys.map((key) => [key.keyId, key.use, key.until]),
      claims.keys.map((key: any) => [key.kid, key.use, key.exp ?? null]),
    );
  }
});

test("no text that is no list is read as one", async () => {
  for (const { reason, signed } of LISTS.refused) {
    await assert.rejects(readKeyList(signed, ROOT), Refused, reason);
  }
});

test("payloads get the outcome that the vectors state under each list", async () => {
  const outcomes = new Set();
  for (const vector of LISTS.payloads) {
    const list = await readKeyList(LISTS.lists[vector.list].signed, ROOT);
    const payload = payloadBytes(vector.payload_base32);
    const checked = payload
      ? await checkPayload(payload, list, Date.parse(vector.now) / 1000)
      : { outcome: "malformed" };
    assert.equal(checked.outcome, vector.outcome, vector.case);
    outcomes.add(vector.outcome);
  }
  assert.equal(outcomes.size, 7, "every outcome is shown by some vector");
});

for (const text of ["", "hello", "https://a/v/", "ftp://a/v/0759F08JS8DVVJQTR8RV76H3VH6W6RHF2ZK0"]) {
  test(`"${text}" is no code`, () => assert.equal(readCode(text), null));
}

test("an address without a fragment is a code without a payload", () => {
  const code = readCode("HTTPS://A.EXAMPLE/V/0759F08JS8DVVJQTR8RV76H3VH6W6RHF2ZK0");
  assert.deepEqual(code, {
    host: "a.example",
    token: "0759F08JS8DVVJQTR8RV76H3VH6W6RHF2ZK0",
    payload: null,
  });
});
