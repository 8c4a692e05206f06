import { expect, test } from 'vitest'
import { hoursOf, sizeText, tenthsOf } from './units'

test('tenths are read as hours', () => {
  expect([900, 45, 0, 1].map(hoursOf)).toEqual(['90', '4.5', '0', '0.1'])
})

test.each([
  ['90', 900],
  ['4.5', 45],
  [' ３０ ', 300],
  ['0', 0],
])('typed hours: %s', (typed, tenths) => expect(tenthsOf(typed)).toBe(tenths))

test.each(['', 'x', '4.55', '-1', '1e3', '100000'])('no hours: %s', (typed) => {
  expect(tenthsOf(typed)).toBeUndefined()
})

test('sizes', () => {
  expect([12, 2048, 1_572_864].map(sizeText)).toEqual(['12 B', '2 KB', '1.5 MB'])
})
