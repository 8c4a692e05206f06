/** What a scanned text comes to, by what the device holds. Nothing is fetched, nothing is shown. */

import { type Code, readCode } from "../address.ts";
import type { KeyList } from "../key-list.ts";
import { type Facts, type Outcome, checkPayload } from "../payload.ts";
import { type Standing, type StatusList, listOf, standingOf } from "../status-list.ts";

/** The lists that the device has fetched and checked. */
export interface Held {
  readonly keys: KeyList | null;
  readonly lists: ReadonlyMap<number, StatusList>;
}

export type Verdict =
  | "valid"
  | "suspended"
  | "superseded"
  | "invalid"
  | "could_not_check"
  | "forged"
  | "foreign"
  | "no_code";

export type Signature = Outcome | "no_payload" | "no_keys" | "not_looked_at";
export type Registry = Standing | "no_list" | "clock" | "not_looked_at";

export interface Examination {
  readonly verdict: Verdict;
  readonly code: Code | null;
  readonly signature: Signature;
  readonly registry: Registry;
  /** Only of a genuine signature. */
  readonly facts: Facts | null;
  /** Up to when the list used is complete. */
  readonly asOf: number | null;
}

// A device's clock may be a little slow; more, and no age can be told.
const SLOW_BY = 600;
const FORGED = new Set<Signature>(["malformed", "signature_wrong", "key_out_of_time"]);
const VERDICTS: Partial<Record<Registry, Verdict>> = {
  valid: "valid",
  suspended: "suspended",
  superseded: "superseded",
  invalid: "invalid",
};

/** Return what a scanned text comes to; `now` in seconds since 1970. */
export async function examine(
  text: string,
  held: Held,
  host: string,
  now: number,
): Promise<Examination> {
  const code = readCode(text);
  const nothing = {
    code,
    signature: "not_looked_at",
    registry: "not_looked_at",
    facts: null,
    asOf: null,
  } as const;
  if (!code) return { ...nothing, verdict: "no_code" };
  if (code.host !== host) return { ...nothing, verdict: "foreign" };
  if (!code.payload) return { ...nothing, verdict: "could_not_check", signature: "no_payload" };
  if (!held.keys) return { ...nothing, verdict: "could_not_check", signature: "no_keys" };
  const checked = await checkPayload(code.payload, held.keys, now);
  if (checked.outcome !== "genuine") {
    const verdict = FORGED.has(checked.outcome) ? "forged" : "could_not_check";
    return { ...nothing, verdict, signature: checked.outcome };
  }
  const { facts } = checked;
  const list = held.lists.get(listOf(facts.statusIndex)) ?? null;
  const registry = registered(list, facts, now);
  const verdict = VERDICTS[registry] ?? "could_not_check";
  const asOf = list?.asOf ?? null;
  return { verdict, code, signature: "genuine", registry, facts, asOf };
}

function registered(list: StatusList | null, facts: Facts, now: number): Registry {
  if (!list) return "no_list";
  return now < list.asOf - SLOW_BY ? "clock" : standingOf(list, facts, now);
}
