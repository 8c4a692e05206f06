/**
 * The lists on the device: fetched while there is a network, kept for when there is none.
 *
 * What is kept is the signed text; it is checked again whenever it is read. Nothing that is
 * fetched says which certificate will be looked at: every list there is is fetched.
 */

import type { Bytes } from "../bytes.ts";
import { type KeyList, readKeyList } from "../key-list.ts";
import { type StatusList, readStatusList } from "../status-list.ts";
import type { Held } from "./examining.ts";

const CACHE = "yuzheng-lists";
const KEYS = "/v/keys";
const LISTS = "/v/status";
const SECONDS = 20;
const MOST_CHARACTERS = 2_000_000;
// Twenty times what the province fills in five years.
const MOST_LISTS = 400;

/** Who signs and for whom: pinned in the scripts. */
export interface Pinned {
  readonly root: Bytes;
  readonly host: string;
}

/** Return the lists that are kept. */
export async function keptLists(pinned: Pinned): Promise<Held> {
  const cache = await caches.open(CACHE);
  const keys = await readable(cache, KEYS, (text) => readKeyList(text, pinned.root));
  const lists = new Map<number, StatusList>();
  if (!keys) return { keys, lists };
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (!path.startsWith(`${LISTS}/`)) continue;
    const list = await readable(cache, path, (text) => readStatusList(text, keys, pinned.host));
    if (list) lists.set(list.number, list);
  }
  return { keys, lists };
}

/** Fetch what is newer and keep it; rejects when the network or the service fails. */
export async function updatedLists(pinned: Pinned, held: Held): Promise<Held> {
  const cache = await caches.open(CACHE);
  const keys = await updatedKeys(cache, pinned, held.keys);
  const lists = new Map<number, StatusList>(held.lists);
  for (const number of await numbers()) {
    const path = `${LISTS}/${number}`;
    const text = await fetched(path);
    const list = await readStatusList(text, keys, pinned.host);
    const known = lists.get(number);
    // An earlier one than was seen before is an old one that somebody plays back.
    if (list.number !== number || (known && list.asOf < known.asOf)) continue;
    await cache.put(path, new Response(text));
    lists.set(number, list);
  }
  // A new key list may have withdrawn the key of a list that is kept.
  return keys.sequence === held.keys?.sequence ? { keys, lists } : keptLists(pinned);
}

async function updatedKeys(cache: Cache, pinned: Pinned, held: KeyList | null): Promise<KeyList> {
  const text = await fetched(KEYS);
  const keys = await readKeyList(text, pinned.root);
  if (held && keys.sequence < held.sequence) return held;
  await cache.put(KEYS, new Response(text));
  return keys;
}

async function numbers(): Promise<number[]> {
  const { status_lists: addresses } = JSON.parse(await fetched(LISTS));
  const found = (addresses as string[]).map((one) => Number(/\/(\d{1,5})$/.exec(one)?.[1]));
  return found.filter((one) => Number.isInteger(one)).slice(0, MOST_LISTS);
}

async function fetched(path: string): Promise<string> {
  // AbortSignal.timeout is younger than many a telephone.
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), SECONDS * 1000);
  try {
    const answer = await fetch(path, {
      cache: "no-cache",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: ending.signal,
    });
    if (!answer.ok) throw new Error(`${path}: status ${answer.status}`);
    const text = await answer.text();
    if (text.length > MOST_CHARACTERS) throw new Error(`${path}: too long`);
    return text;
  } finally {
    clearTimeout(timer);
  }
}

async function readable<T>(
  cache: Cache,
  path: string,
  read: (text: string) => Promise<T>,
): Promise<T | null> {
  const kept = await cache.match(path);
  if (!kept) return null;
  return read(await kept.text()).catch(() => null);
}
