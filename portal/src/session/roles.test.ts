import { expect, test } from 'vitest'
import { homeOf, mayEnter } from './roles'

test('a page is open to its roles, and without roles to everybody logged in', () => {
  expect(mayEnter(['technician'], ['technician', 'operator'])).toBe(true)
  expect(mayEnter(['technician'], ['operator'])).toBe(false)
  expect(mayEnter([], undefined)).toBe(true)
  expect(mayEnter([], [])).toBe(false)
})

test('the day begins at the widest duty that has a page', () => {
  const first = (area: string) => (area === 'bureau' ? undefined : `/${area}/first`)
  expect(homeOf(['technician', 'employer_administrator'], first)).toBe('/employer/first')
  expect(homeOf(['technician', 'bureau_administrator'], first)).toBe('/technician/first')
  expect(homeOf(['bureau_administrator'], first)).toBe('/start')
  expect(homeOf([], first)).toBe('/start')
})
