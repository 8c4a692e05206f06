/** The page's own pictures, so that what a script says looks like what the server says. */

import bad from "../../verify/pages/icons/bad.svg";
import couldNotCheck from "../../verify/pages/icons/could_not_check.svg";
import good from "../../verify/pages/icons/good.svg";
import open from "../../verify/pages/icons/open.svg";
import revoked from "../../verify/pages/icons/revoked.svg";
import superseded from "../../verify/pages/icons/superseded.svg";
import suspended from "../../verify/pages/icons/suspended.svg";
import tokenInvalid from "../../verify/pages/icons/token_invalid.svg";
import valid from "../../verify/pages/icons/valid.svg";

const ICONS = {
  bad,
  could_not_check: couldNotCheck,
  good,
  open,
  revoked,
  superseded,
  suspended,
  token_invalid: tokenInvalid,
  valid,
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): Element {
  const parsed = new DOMParser().parseFromString(ICONS[name], "text/html");
  const drawn = parsed.body.firstElementChild;
  if (!drawn) throw new Error(`${name} is no picture`);
  return document.importNode(drawn, true);
}
