import { expect, test } from 'vitest'
import { homeOf, mayEnter } from './roles'

test('a page is open to its roles, and without roles to everybody logged in', () => {
  expect(mayEnter(['technician'], ['technician', 'operator'])).toBe(true)
  expect(mayEnter(['technician'], ['operator'])).toBe(false)
  expect(mayEnter([], undefined)).toBe(true)
  expect(mayEnter([], [])).toBe(false)
})

test('the day begins at the widest duty', () => {
  expect(homeOf(['technician', 'employer_administrator'])).toBe('/employer')
  expect(homeOf(['technician'])).toBe('/technician')
  expect(homeOf(['technician', 'operator'], (path) => path === '/operator')).toBe('/operator')
  expect(homeOf([])).toBe('/start')
})
