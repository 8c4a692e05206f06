/** What the code says against what the page says. */

import type { Facts } from "./payload.ts";
import { isoDay } from "./time.ts";

/** The page's facts as its attributes have them; what it does not hold is empty. */
export type Registered = Readonly<Record<string, string | undefined>>;

const FIELDS: Readonly<Record<string, (facts: Facts) => string>> = {
  number: (facts) => facts.number,
  year: (facts) => String(facts.year),
  version: (facts) => String(facts.version),
  issued: (facts) => isoDay(facts.issuedOn),
  office: (facts) => facts.officeId,
  index: (facts) => String(facts.statusIndex),
  digest: (facts) => facts.recordDigest,
};
// Rows from before these were kept do not hold them.
const MAY_BE_EMPTY = new Set(["index", "digest"]);

/** Return the names of the fields that differ. */
export function differences(facts: Facts, registered: Registered): string[] {
  return Object.entries(FIELDS)
    .filter(([name, of]) => {
      const held = registered[name] ?? "";
      return held === "" && MAY_BE_EMPTY.has(name) ? false : held !== of(facts);
    })
    .map(([name]) => name);
}
