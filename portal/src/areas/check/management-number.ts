/** The certificate management number: 41, ten digits, two check digits (ISO 7064 MOD 97-10). */

export type NumberState = 'empty' | 'foreign' | 'short' | 'long' | 'start' | 'digits' | 'good'

const LENGTH = 14

/** Return what was typed without spaces and hyphens, full-width digits as plain ones. */
export function folded(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '')
}

/** Say what is wrong with a number as it stands, or that it may exist. */
export function stateOf(typed: string): NumberState {
  const digits = folded(typed)
  if (digits === '') return 'empty'
  if (/\D/.test(digits)) return 'foreign'
  if (!'41'.startsWith(digits.slice(0, 2))) return 'start'
  if (digits.length < LENGTH) return 'short'
  if (digits.length > LENGTH) return 'long'
  return Number(digits) % 97 === 1 ? 'good' : 'digits'
}

/** Spell a number in groups, as people read it to each other. */
export function spelled(digits: string): string {
  return digits.replace(/^(\d{2})(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3 $4')
}
