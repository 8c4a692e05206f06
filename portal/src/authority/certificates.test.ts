import { describe, expect, it } from 'vitest'
import { actsFor, failedRows, outcomesOf, REASONS, STATES, yearsUntil } from './certificates'
import words from './words'

describe('a certificate', () => {
  it('can be reissued, suspended, reinstated and revoked while it is in force', () => {
    expect(STATES.map(actsFor)).toEqual([['reissue', 'suspend', 'revoke'], ['reinstate', 'revoke'], [], []])
  })

  it('has words for every reason', () => {
    const codes = Object.values(REASONS).flat()
    expect(codes.filter((code) => !(code in words.zh.reasons) || !(code in words.en.reasons))).toEqual([])
  })
})

describe('years', () => {
  it('begin with the present one', () => {
    expect(yearsUntil(2026)).toEqual([2026, 2025, 2024])
    expect(yearsUntil(2023)).toEqual([2023])
  })
})

describe('the outcomes of a file', () => {
  const outcomes = { not_found: 2, ready: 3, revoked: 4, duplicate: 5, year_malformed: 0 }

  it('begin with what was done', () => {
    expect(outcomesOf(outcomes).map(([name]) => name)).toEqual(['revoked', 'ready', 'duplicate', 'not_found'])
  })

  it('tell how many rows came to nothing', () => {
    expect(failedRows(outcomes)).toBe(7)
  })
})
