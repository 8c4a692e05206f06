/**
 * The check page's script: checks the signed data of the code on the reader's own device.
 *
 * The data stands in the address after "#", which a browser does not send; neither does this
 * script. It fetches one thing, the list of public keys, which is the same for everybody.
 */

import { fragmentPayload } from "./address.ts";
import { differences } from "./comparing.ts";
import { icon } from "./icons.ts";
import { readKeyList } from "./key-list.ts";
import { type Checked, type Facts, checkPayload } from "./payload.ts";
import { rootKey } from "./pinned.ts";
import { type Values, type Word, languageOf, say } from "./texts.ts";
import { shownDay } from "./time.ts";

type Mark = "good" | "bad" | "open";

interface Said {
  readonly mark: Mark;
  readonly word: Word;
  readonly values?: Values;
}

const KEYS = "/v/keys";
// What must not be taken for a payload: the places that the page itself links to.
const PLACES = new Set(["", "#result", "#match"]);
const OPEN = new Set(["key_revoked", "list_expired"]);
const language = languageOf(document.documentElement.lang);

async function checked(fragment: string): Promise<Said> {
  if (PLACES.has(fragment)) return { mark: "open", word: "no_payload" };
  const payload = fragmentPayload(fragment);
  if (!payload) return { mark: "bad", word: "malformed" };
  let signed: string;
  try {
    signed = await fetched();
  } catch {
    return { mark: "open", word: "no_keys" };
  }
  const list = await readKeyList(signed, rootKey()).catch(() => null);
  if (!list) return { mark: "open", word: "no_keys" };
  return said(await checkPayload(payload, list, Date.now() / 1000));
}

async function fetched(): Promise<string> {
  const answer = await fetch(KEYS, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.text();
}

function said(found: Checked): Said {
  if (found.outcome !== "genuine") {
    return { mark: OPEN.has(found.outcome) ? "open" : "bad", word: found.outcome };
  }
  const registered = document.querySelector<HTMLElement>("section[data-number]");
  if (!registered) {
    return { mark: "good", word: "genuine.alone", values: shownFacts(found.facts) };
  }
  const fields = differences(found.facts, registered.dataset);
  if (fields.length === 0) return { mark: "good", word: "genuine" };
  const names = fields.map((name) => say(language, `field.${name}` as Word));
  return { mark: "bad", word: "differs", values: { fields: names.join(say(language, "comma")) } };
}

function shownFacts({ number, year, version, issuedOn }: Facts): Values {
  return { number, year, version, day: shownDay(issuedOn, language) };
}

function tell(row: HTMLElement, { mark, word, values }: Said): void {
  row.className = mark;
  row.querySelector("svg")?.replaceWith(icon(mark));
  const outcome = row.querySelector("b");
  const note = row.querySelector("small");
  if (outcome) outcome.textContent = say(language, mark);
  if (note) note.textContent = say(language, word, values);
}

/** Say beside the page's own answer, where nobody overlooks it, that the code is not to be relied on. */
function warn({ mark, word, values }: Said): void {
  if (mark !== "bad") return;
  const alarm = document.createElement("section");
  alarm.className = "card alarm";
  alarm.setAttribute("role", "alert");
  const text = document.createElement("p");
  const title = document.createElement("strong");
  title.textContent = say(language, "alarm");
  text.append(title, say(language, word, values));
  alarm.append(icon("bad"), text);
  document.querySelector(".state")?.after(alarm);
}

/** Let the fragment stay in the address when the reader changes size or language, or asks. */
function carry(fragment: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("nav a")) link.hash = fragment;
  const form = document.querySelector("form");
  if (form) form.action = `${form.action.split("#")[0]}${fragment}`;
  // The anchor that leads back to the answer has made room for the fragment.
  document.querySelector(".said")?.scrollIntoView({ block: "center" });
}

async function run(): Promise<void> {
  const fragment = location.hash;
  if (!PLACES.has(fragment)) carry(fragment);
  const row = document.getElementById("device");
  if (!row) return;
  const found = await checked(fragment);
  tell(row, found);
  warn(found);
}

void run();
