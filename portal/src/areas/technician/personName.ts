/** What to tell somebody about the name he is typing; the name itself is never changed. */
export type NameHint = 'refused' | 'too_long' | 'rare' | 'dot' | 'spaces'

const MOST_CHARACTERS = 60
// Control, surrogate, private-use characters and digits print differently on every machine.
const REFUSED = /[\p{Cc}\p{Cs}\p{Co}\p{Nd}]/u
// Beyond the first 20,992 ideographs: not in every font, and easily mistaken for a similar one.
const RARE =
  /[\u3400-\u4dbf\u9fa6-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu
const OTHER_DOTS = /[•‧・．･∙⋅.]/u

export function nameHints(typed: string): NameHint[] {
  const name = typed.trim()
  const hints: NameHint[] = []
  if (REFUSED.test(name)) hints.push('refused')
  if ([...name].length > MOST_CHARACTERS) hints.push('too_long')
  if (rareCharacters(name).length) hints.push('rare')
  if (OTHER_DOTS.test(name)) hints.push('dot')
  if (/\p{Script=Han}\s+\p{Script=Han}/u.test(name)) hints.push('spaces')
  return hints
}

/** True when the service would not take the name. */
export function isNameRefused(typed: string): boolean {
  return !typed.trim() || nameHints(typed).some((hint) => hint === 'refused' || hint === 'too_long')
}

/** The rare characters of a name, each once, for showing them large. */
export function rareCharacters(name: string): string[] {
  return [...new Set(name.match(RARE) ?? [])]
}

/** A character with its code point, so that it can be compared with the household register. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
