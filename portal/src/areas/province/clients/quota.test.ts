import { expect, test } from 'vitest'
import { quotaOf } from './quota'

test.each([
  ['20000', 20000],
  [' 20,000 ', 20000],
  ['20，000', 20000],
  ['1', 1],
  ['1000000', 1_000_000],
  ['1000001', undefined],
  ['0', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['', undefined],
])('a daily allowance typed as %s', (typed, meant) => {
  expect(quotaOf(typed)).toBe(meant)
})
