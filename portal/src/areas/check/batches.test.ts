import { describe, expect, test } from 'vitest'
import { isUnderWay, percentOf, troubleWith, type Batch } from './batches'

const batch = (more: Partial<Batch>) => ({ state: 'running', rows: 1000, done: 0, ...more }) as Batch

describe('a batch', () => {
  test.each([
    [batch({ state: 'waiting', rows: null }), 0],
    [batch({ done: 250 }), 25],
    [batch({ done: 999 }), 99],
    [batch({ done: 1000 }), 99],
    [batch({ state: 'finished', done: 1000 }), 100],
    [batch({ rows: 0 }), 0],
  ])('is so far: %o', (one, percent) => {
    expect(percentOf(one)).toBe(percent)
  })

  test('is asked for again only while it is under way', () => {
    const states = ['waiting', 'running', 'finished', 'failed'] as const
    expect(states.filter((state) => isUnderWay(batch({ state })))).toEqual(['waiting', 'running'])
  })

  test.each([
    ['table.xlsx', 5, undefined],
    ['table.CSV', 5, undefined],
    ['table.xls', 5, 'not_table'],
    ['table.csv', 0, 'empty'],
    ['table.csv', 11_000_000, 'too_large'],
  ])('%s of %d bytes: %s', (name, size, trouble) => {
    expect(troubleWith({ name, size })).toBe(trouble)
  })
})
