/** What the browser can tell of a typed ID number (GB 11643) before anything is sent. */
export type IdNumberState =
  | 'empty'
  | 'incomplete'
  | 'malformed'
  | 'check_digit'
  | 'spreadsheet'
  | 'birth_date'
  | 'good'

export interface IdNumberFinding {
  state: IdNumberState
  /** The 18 characters as they will be kept, once they are good. */
  value: string
  /** How many characters count so far. */
  length: number
  /** True when a number of 15 digits was made one of 18. */
  lengthened: boolean
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'
// Spaces, hyphens and invisible characters that come with a copy.
const IGNORED = /[\s\u200b-\u200f\u2060\ufeff-]+/g

/** Full-width digits become plain, what a keyboard or a copy brings in goes, `x` becomes `X`. */
export function normalise(typed: string): string {
  return typed
    .replace(/[０-９Ｘｘ]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(IGNORED, '')
    .toUpperCase()
}

/** The check character of the first 17 digits: ISO 7064 MOD 11-2. */
export function checkCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0)
  return CHECK_CHARACTERS.charAt(sum % 11)
}

/** Judge what is typed; the address code is never judged, because old codes are no longer listed. */
export function findIdNumber(typed: string, today: Date): IdNumberFinding {
  const compact = normalise(typed)
  const found = (state: IdNumberState, value = '', lengthened = false): IdNumberFinding => ({
    state,
    value,
    length: compact.length,
    lengthened,
  })
  if (!compact) return found('empty')
  if (/^[0-9]{15}$/.test(compact)) {
    const long = `${compact.slice(0, 6)}19${compact.slice(6)}`
    const value = long + checkCharacter(long)
    return isBirthDate(value, today) ? found('good', value, true) : found('incomplete')
  }
  if (compact.length < 18) return found(/^[0-9]+$/.test(compact) ? 'incomplete' : 'malformed')
  if (!/^[0-9]{17}[0-9X]$/.test(compact)) return found('malformed')
  if (checkCharacter(compact) !== compact[17]) {
    return found(compact.endsWith('000') ? 'spreadsheet' : 'check_digit')
  }
  return isBirthDate(compact, today) ? found('good', compact) : found('birth_date')
}

/** The digits in the groups in which a card is read aloud: place, birthday, rest. */
export function grouped(value: string): string {
  return [value.slice(0, 6), value.slice(6, 14), value.slice(14)].filter(Boolean).join(' ')
}

function isBirthDate(value: string, today: Date): boolean {
  const [year, month, day] = [value.slice(6, 10), value.slice(10, 12), value.slice(12, 14)].map(Number)
  const born = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0))
  return (
    born.getUTCFullYear() === year &&
    born.getUTCMonth() + 1 === month &&
    born.getUTCDate() === day &&
    year >= 1900 &&
    born.getTime() <= today.getTime()
  )
}
