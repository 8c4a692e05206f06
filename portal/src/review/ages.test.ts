import { expect, it } from 'vitest'
import { ageOf } from './ages'

it('tells an age in whole days, then hours', () => {
  expect(ageOf(0)).toEqual({ key: 'now', n: 0 })
  expect(ageOf(3599)).toEqual({ key: 'now', n: 0 })
  expect(ageOf(3600)).toEqual({ key: 'hours', n: 1 })
  expect(ageOf(86_399)).toEqual({ key: 'hours', n: 23 })
  expect(ageOf(15 * 86_400 + 1)).toEqual({ key: 'days', n: 15 })
})
