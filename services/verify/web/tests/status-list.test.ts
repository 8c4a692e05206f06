import assert from "node:assert/strict";
import { test } from "node:test";

import { fromBase64url } from "../source/bytes.ts";
import type { KeyList } from "../source/key-list.ts";
import { type StatusList, SLOTS, readStatusList, slot, standingOf } from "../source/status-list.ts";
import { Refused } from "../source/statement.ts";
import { dayOf } from "../source/time.ts";
import { vectors } from "./vectors.ts";

const STATUS = vectors("status/vectors.json");
const AS_OF = STATUS.lists[0].claims.iat;

function keys(change: Partial<KeyList["keys"][number]> = {}): KeyList {
  const listed = Object.entries(STATUS.keys as Record<string, string>).map(([keyId, x]) => ({
    keyId,
    use: "status",
    key: fromBase64url(x)!,
    from: 0,
    until: null,
    revokedAt: null,
    ...change,
  }));
  return { sequence: 1, issuedAt: 0, expiresAt: 4e9, keys: listed };
}

const readList = (signed: string): Promise<StatusList> => readStatusList(signed, keys(), STATUS.host);

test("every list of the vectors is read as stated, slot by slot", async () => {
  for (const { number, signed, claims, not_invalid } of STATUS.lists) {
    const list = await readList(signed);
    assert.deepEqual([list.number, list.asOf, list.expiresAt], [number, claims.iat, claims.exp]);
    const expected = new Map<number, number>();
    for (const [code, slots] of Object.entries<number[]>(not_invalid)) {
      for (const one of slots) expected.set(one, Number(code));
    }
    for (let at = 0; at < SLOTS; at++) {
      if (slot(list, at) !== (expected.get(at) ?? 1)) assert.fail(`slot ${at} of list ${number}`);
    }
  }
});

test("no text that is no list is read as one", async () => {
  assert.ok(STATUS.refused.length > 0);
  for (const { reason, signed } of STATUS.refused) {
    await assert.rejects(readList(signed), Refused, reason);
  }
});

test("a list is refused that another host, a revoked key or a key out of time has signed", async () => {
  const { signed } = STATUS.lists[0];
  await assert.rejects(readStatusList(signed, keys(), "www.hnzjgl.gov.cn.example"), Refused);
  await assert.rejects(readStatusList(signed, keys({ revokedAt: 1 }), STATUS.host), Refused);
  await assert.rejects(readStatusList(signed, keys({ until: AS_OF - 1 }), STATUS.host), Refused);
  await assert.rejects(readStatusList(signed, keys({ from: AS_OF + 1 }), STATUS.host), Refused);
  await assert.rejects(readStatusList(signed, keys({ use: "payload" }), STATUS.host), Refused);
});

test("codes get the outcome that the vectors state", async () => {
  const seen = new Set<string>();
  for (const vector of STATUS.answers) {
    const list = await readList(STATUS.lists[vector.list].signed);
    const issuedOn = Date.parse(`${vector.issued_on}T00:00:00Z`) / 86_400_000;
    const facts = { statusIndex: vector.index, issuedOn } as never;
    const said = standingOf(list, facts, Date.parse(vector.now) / 1000);
    assert.equal(said, vector.outcome, JSON.stringify(vector));
    seen.add(said);
  }
  assert.equal(seen.size, 7, "every outcome is shown by some vector");
});

test("an index past the end of the list is another list's", async () => {
  const list = await readList(STATUS.lists[0].signed);
  const facts = { statusIndex: SLOTS, issuedOn: dayOf(AS_OF) - 9 } as never;
  assert.equal(standingOf(list, facts, AS_OF), "other_list");
});
