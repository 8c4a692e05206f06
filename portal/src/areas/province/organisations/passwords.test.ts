import { expect, test } from 'vitest'
import { isManagementNumber, newInitialPassword } from './passwords'

test('an initial password can be read from paper and is never the same', () => {
  const made = Array.from({ length: 50 }, newInitialPassword)
  for (const one of made) expect(one).toMatch(/^[a-km-np-zA-HJ-NP-Z2-9]{4}(-[a-km-np-zA-HJ-NP-Z2-9]{4}){3}$/)
  expect(new Set(made).size).toBe(50)
})

test('a typing slip in a management number is seen', () => {
  // Twelve digits, then what makes the whole leave 1 when divided by 97.
  const body = '410000000000'
  const check = 98n - ((BigInt(body) * 100n) % 97n)
  const number = body + String(check).padStart(2, '0')
  expect(isManagementNumber(number)).toBe(true)
  expect(isManagementNumber(number.replace('0', '1'))).toBe(false)
  expect(isManagementNumber(`${number}0`)).toBe(false)
  expect(isManagementNumber('')).toBe(false)
})
