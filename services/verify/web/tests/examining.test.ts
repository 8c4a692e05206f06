import assert from "node:assert/strict";
import { test } from "node:test";

import { fromBase64url } from "../source/bytes.ts";
import { differences } from "../source/comparing.ts";
import type { KeyList, ListedKey } from "../source/key-list.ts";
import { type Held, examine } from "../source/offline/examining.ts";
import { type StatusList, readStatusList } from "../source/status-list.ts";
import { checkPayload } from "../source/payload.ts";
import { isoDay } from "../source/time.ts";
import { fromHex, vectors } from "./vectors.ts";

const QR = vectors("qr/vectors.json");
const STATUS = vectors("status/vectors.json");
const CODE: string = QR.payloads.valid[0].url;
const HOST = new URL(CODE).host;
const [LIST] = STATUS.lists;
const NOW: number = LIST.claims.iat + 60;

function keys(change: Partial<ListedKey> = {}, expiresAt = 4e9): KeyList {
  const never = { from: 0, until: null, revokedAt: null };
  const payload = Object.entries<string>(QR.payload_public_keys).map(([keyId, key]) => ({
    keyId,
    use: "payload",
    key: Uint8Array.from(Buffer.from(key, "base64")),
    ...never,
    ...change,
  }));
  const status = Object.entries<string>(STATUS.keys).map(([keyId, x]) => ({
    keyId,
    use: "status",
    key: fromBase64url(x)!,
    ...never,
  }));
  return { sequence: 1, issuedAt: 0, expiresAt, keys: [...payload, ...status] };
}

/** The list of the vectors, with the code's slot set to what a test needs. */
async function held(slot: number, change: Partial<StatusList> = {}, listed = keys()): Promise<Held> {
  const list = await readStatusList(LIST.signed, keys(), STATUS.host);
  const index = QR.payloads.valid[0].fields.status_index;
  const shift = 2 * (index % 4);
  const slots = list.slots.slice();
  slots[Math.floor(index / 4)] = (slots[Math.floor(index / 4)]! & ~(3 << shift)) | (slot << shift);
  return { keys: listed, lists: new Map([[0, { ...list, slots, ...change }]]) };
}

// The code was issued on the day of the list; a day later nothing is newer than the list.
const NEXT_DAY = { asOf: NOW + 86_400, expiresAt: NOW + 3 * 86_400 };
const LATER = NEXT_DAY.asOf + 60;

for (const [slot, verdict] of ["valid", "invalid", "suspended", "superseded"].entries()) {
  test(`slot ${slot} is ${verdict}`, async () => {
    const found = await examine(CODE, await held(slot, NEXT_DAY), HOST, LATER);
    assert.equal(found.verdict, verdict);
    assert.equal(found.signature, "genuine");
    assert.equal(found.asOf, NEXT_DAY.asOf);
    assert.equal(found.facts?.number, QR.payloads.valid[0].fields.number);
  });
}

async function reasons(text: string, lists: Held, now: number, host = HOST): Promise<string[]> {
  const found = await examine(text, lists, host, now);
  if (found.signature !== "genuine") assert.equal(found.facts, null, "nothing unproven is shown");
  return [found.verdict, found.signature, found.registry];
}

test("what cannot be told is could_not_check, with its reason", async () => {
  const unknown = keys({ keyId: "2099-1" });
  const cases: [string, Held, number, string, string][] = [
    [CODE.split("#")[0]!, await held(0), NOW, "no_payload", "not_looked_at"],
    [CODE, { keys: null, lists: new Map() }, NOW, "no_keys", "not_looked_at"],
    [CODE, await held(0, {}, unknown), NOW, "key_unknown", "not_looked_at"],
    [CODE, await held(0, {}, keys({ revokedAt: 1 })), NOW, "key_revoked", "not_looked_at"],
    [CODE, await held(0, {}, keys({}, NOW - 1)), NOW, "list_expired", "not_looked_at"],
    [CODE, { keys: keys(), lists: new Map() }, NOW, "genuine", "no_list"],
    [CODE, await held(0), LIST.claims.exp + 1, "genuine", "list_expired"],
    [CODE, await held(1), NOW, "genuine", "newer_than_list"],
    [CODE, await held(0), LIST.claims.iat - 601, "genuine", "clock"],
  ];
  for (const [text, lists, now, signature, registry] of cases) {
    const said = await reasons(text, lists, now);
    assert.deepEqual(said, ["could_not_check", signature, registry]);
  }
});

test("a clock that is a little slow is no trouble", async () => {
  assert.deepEqual(await reasons(CODE, await held(0), LIST.claims.iat - 599), [
    "valid",
    "genuine",
    "valid",
  ]);
});

test("forged, foreign and other codes are named so", async () => {
  const lists = await held(0);
  const altered = `${CODE.slice(0, -30)}${"0".repeat(30)}`;
  const forged = await examine(altered, lists, HOST, NOW);
  assert.equal(forged.verdict, "forged");
  const out = await examine(CODE, await held(0, {}, keys({ until: 1 })), HOST, NOW);
  assert.deepEqual([out.verdict, out.signature], ["forged", "key_out_of_time"]);
  assert.equal((await examine(CODE, lists, "www.example.com", NOW)).verdict, "foreign");
  assert.equal((await examine("https://www.example.com/", lists, HOST, NOW)).verdict, "no_code");
});

test("a field that differs is named, and one that is not held is not compared", async () => {
  const checked = await checkPayload(fromHex(QR.payloads.valid[0].payload_hex), keys(), NOW);
  assert.equal(checked.outcome, "genuine");
  if (checked.outcome !== "genuine") return;
  const { facts } = checked;
  const page = {
    number: facts.number,
    year: String(facts.year),
    version: String(facts.version),
    issued: isoDay(facts.issuedOn),
    office: facts.officeId,
    index: String(facts.statusIndex),
    digest: facts.recordDigest,
  };
  assert.deepEqual(differences(facts, page), []);
  assert.deepEqual(differences(facts, { ...page, index: "", digest: "" }), []);
  for (const name of Object.keys(page)) {
    assert.deepEqual(differences(facts, { ...page, [name]: "x" }), [name]);
  }
  assert.deepEqual(differences(facts, { ...page, number: "" }), ["number"]);
});
