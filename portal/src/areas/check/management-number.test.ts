import { describe, expect, test } from 'vitest'
import { folded, spelled, stateOf } from './management-number'

describe('a management number as it is typed', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['4', 'short'],
    ['41', 'short'],
    ['5', 'start'],
    ['42', 'start'],
    ['4103851726497', 'short'],
    ['41038517264970', 'good'],
    ['41 0385 1726 4970', 'good'],
    ['４１０３８５１７２６４９７０', 'good'],
    ['41038517264971', 'digits'],
    ['41038517264907', 'digits'],
    ['41083517264970', 'digits'],
    ['410385172649700', 'long'],
    ['4103851726497O', 'foreign'],
  ] as const)('%s is %s', (typed, state) => {
    expect(stateOf(typed)).toBe(state)
  })

  test('every single wrong digit is noticed', () => {
    const good = '41038517264970'
    for (let at = 2; at < good.length; at++) {
      for (let digit = 0; digit < 10; digit++) {
        const typed = good.slice(0, at) + digit + good.slice(at + 1)
        expect(stateOf(typed)).toBe(typed === good ? 'good' : 'digits')
      }
    }
  })

  test('is sent without spaces and shown in groups', () => {
    expect(folded('41-0385 1726 4970')).toBe('41038517264970')
    expect(spelled('41038517264970')).toBe('41 0385 1726 4970')
  })
})
