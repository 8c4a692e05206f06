import { folded, stateOf } from './management-number'

/** The residents' ID number: GB 11643, MOD 11-2 with X for ten. */
const LENGTH = 18
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const SIGNS = '10X98765432'

/** Say which of the two numbers is being typed: only one of them has eighteen signs. */
export function kindOf(typed: string): 'id_number' | 'management_number' {
  const text = folded(typed)
  const isLonger = text.length > 14 || (text.length > 2 && stateOf(text) === 'start')
  return isLonger ? 'id_number' : 'management_number'
}

/** Say whether an ID number can be one. */
export function idNumberState(typed: string): 'good' | 'digits' {
  const text = folded(typed).toUpperCase()
  if (text.length !== LENGTH || !/^\d{17}[\dX]$/.test(text)) return 'digits'
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0)
  return SIGNS[sum % 11] === text[17] ? 'good' : 'digits'
}
