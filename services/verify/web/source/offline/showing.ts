/** What an examination and the lists look like. */

import { type IconName, icon } from "../icons.ts";
import { nameMatches } from "../names.ts";
import type { Language } from "../texts.ts";
import { shown, shownDay } from "../time.ts";
import type { Examination, Held, Verdict } from "./examining.ts";
import type { OfflineWord, Say } from "./texts.ts";

type Mark = "good" | "bad" | "open";

/** Words and language that everything is shown in. */
export interface Manner {
  readonly say: Say;
  readonly language: Language;
}

// Tone and picture are those of the check page's states.
const LIKE: Readonly<Record<Verdict, IconName>> = {
  valid: "valid",
  suspended: "suspended",
  superseded: "superseded",
  invalid: "revoked",
  could_not_check: "could_not_check",
  forged: "token_invalid",
  foreign: "token_invalid",
  no_code: "could_not_check",
};
const SIGNATURE_BAD = new Set(["malformed", "signature_wrong", "key_out_of_time"]);
const REGISTRY_BAD = new Set(["invalid", "suspended", "superseded"]);
// From here on an age is shown as a warning.
const OLD_AFTER = 3600;

/** Return an element with a class and what is in it. */
function made(tag: string, className: string, ...children: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** Return how long ago something was, in words. */
function age(seconds: number, say: Say): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return say("age.now");
  if (minutes < 60) return say("age.minutes", { n: minutes });
  if (minutes < 48 * 60) return say("age.hours", { n: Math.floor(minutes / 60) });
  return say("age.days", { n: Math.floor(minutes / 1440) });
}

/** Return the result as sections of the page. */
export function examinationShown(
  found: Examination,
  host: string,
  now: number,
  manner: Manner,
): HTMLElement[] {
  const sections = [verdictShown(found, now, manner)];
  if (found.facts) sections.push(factsShown(found, manner));
  if (found.code) sections.push(checksShown(found, host, manner));
  if (found.facts) sections.push(matchShown(found, manner));
  return sections;
}

function verdictShown(found: Examination, now: number, { say, language }: Manner): HTMLElement {
  const { verdict, asOf, registry } = found;
  const text = made("div", "", made("h2", "verdict", say(`${verdict}.title`)));
  text.append(made("p", "", say(`${verdict}.text`)));
  if (verdict === "could_not_check") text.append(made("p", "successor", reason(found, say)));
  if (asOf !== null && registry !== "clock") {
    const values = { asOf: shown(asOf, language), age: age(now - asOf, say) };
    text.append(made("p", "asof", say("as_of", values)));
  }
  return made("section", `state ${LIKE[verdict]}`, icon(LIKE[verdict]), text);
}

function reason({ signature, registry }: Examination, say: Say): string {
  return signature === "genuine" ? say(`registry.${registry}`) : say(`signature.${signature}`);
}

function factsShown({ facts }: Examination, { say, language }: Manner): HTMLElement {
  const list = document.createElement("dl");
  if (!facts) return list;
  const rows: readonly [OfflineWord, string, string][] = [
    ["label.number", facts.number, "number"],
    ["label.year", say("year", { n: facts.year }), ""],
    ["label.version", say("version", { n: facts.version }), ""],
    ["label.issued", shownDay(facts.issuedOn, language), ""],
  ];
  for (const [label, value, kind] of rows) {
    list.append(made("div", "line", made("dt", "", say(label)), made("dd", kind, value)));
  }
  const note = made("p", "note", say("facts.text"));
  return made("section", "card", made("h2", "", say("facts.title")), list, note);
}

function checksShown(found: Examination, official: string, { say }: Manner): HTMLElement {
  const { code, signature, registry, verdict } = found;
  const host = code?.host ?? "";
  const row = (mark: Mark, check: OfflineWord, outcome: string): HTMLElement => {
    const where = made("small", "where", say("where"));
    const line = made("span", "", say(check), say("separator"), made("b", "", outcome), where);
    return made("li", mark, icon(mark), line);
  };
  const foreign = verdict === "foreign";
  const told = foreign ? say("host.other", { host, official }) : say("host.official", { host });
  const rows = [
    row(foreign ? "bad" : "good", "check.host", told),
    row(
      signature === "genuine" ? "good" : SIGNATURE_BAD.has(signature) ? "bad" : "open",
      "check.signature",
      say(`signature.${signature}`),
    ),
    row(
      registry === "valid" ? "good" : REGISTRY_BAD.has(registry) ? "bad" : "open",
      "check.registry",
      say(`registry.${registry}`),
    ),
  ];
  const section = made("section", "card", made("h2", "", say("checks.title")));
  section.append(made("ul", "checks", ...rows));
  if (code && signature === "genuine") section.append(onlineLink(code.token, say));
  return section;
}

function onlineLink(token: string, say: Say): HTMLElement {
  const link = document.createElement("a");
  link.href = `/v/${token}`;
  link.textContent = say("online");
  return made("p", "note", link);
}

function matchShown({ facts, code }: Examination, { say }: Manner): HTMLElement {
  const input = document.createElement("input");
  Object.assign(input, { id: "name", name: "name", maxLength: 100, required: true });
  input.lang = "zh-Hans";
  input.autocomplete = "off";
  const label = made("label", "", say("match.label"));
  label.setAttribute("for", "name");
  const answer = made("p", "", "");
  answer.setAttribute("role", "status");
  const form = made("form", "", label, made("div", "ask", input, made("button", "", say("match.button"))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!facts || !code) return;
    void nameMatches(input.value, code.token, facts.nameCheck).then((holds) => {
      const mark = holds ? "good" : "bad";
      answer.className = `said ${mark}`;
      answer.replaceChildren(icon(mark), say(holds ? "match.match" : "match.differs"));
    });
  });
  const text = made("p", "", say("match.text"));
  return made("section", "card match", made("h2", "", say("match.title")), answer, text, form);
}

/** Return what the device holds, with its age. */
export function listsShown({ keys, lists }: Held, now: number, manner: Manner): HTMLElement {
  const { say, language } = manner;
  if (!keys) return made("p", "expired", say("held.none"));
  const until = shown(keys.expiresAt, language);
  const keysEnded = now > keys.expiresAt;
  const keysLine = say(keysEnded ? "held.keys.expired" : "held.keys", { sequence: keys.sequence, until });
  const rows = [made("li", keysEnded ? "expired" : "", keysLine)];
  const earliest = [...lists.values()].sort((one, other) => one.asOf - other.asOf)[0];
  if (!earliest) return made("ul", "lists", ...rows, made("li", "expired", say("held.lists.none")));
  const since = now - earliest.asOf;
  const ended = now > earliest.expiresAt;
  const values = { count: lists.size, asOf: shown(earliest.asOf, language), age: age(since, say) };
  const line = say(ended ? "held.lists.expired" : "held.lists", values);
  rows.push(made("li", ended ? "expired" : since > OLD_AFTER ? "old" : "", line));
  return made("ul", "lists", ...rows);
}
