import { describe, expect, it } from 'vitest'
import { actsOf, ageOf, timelineOf } from './timeline'
import type { ClaimDetail, ClaimEvent } from './types'

function event(version: number, what: ClaimEvent['what'], by: ClaimEvent['by']): ClaimEvent {
  return {
    version, what, by, at: `2026-11-0${version}T00:00:00Z`, approved_tenths: null,
    reason_code: null, reason: null, remedy: null,
  }
}

function claim(state: ClaimDetail['state'], events: ClaimEvent[]): ClaimDetail {
  return { state, events, waiting_since: '2026-11-05T00:00:00Z' } as ClaimDetail
}

describe("a claim's time-line", () => {
  it('shows who holds it and what is still to come', () => {
    const lines = timelineOf(claim('submitted', [event(1, 'submitted', 'owner')]))
    expect(lines.map((line) => [line.what, line.tone])).toEqual([
      ['submitted', 'done'],
      ['waits_employer', 'now'],
      ['then_bureau', 'next'],
    ])
    expect(lines[1]?.at).toBe('2026-11-05T00:00:00Z')
  })

  it('keeps every round of a claim that was sent back and filed again', () => {
    const lines = timelineOf(
      claim('employer_approved', [
        event(1, 'submitted', 'owner'),
        event(2, 'returned', 'employer'),
        event(3, 'filed_again', 'owner'),
        event(4, 'approved', 'employer'),
      ]),
    )
    expect(lines.map((line) => line.tone)).toEqual(['done', 'bad', 'done', 'done', 'now'])
    expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length)
  })

  it('ends with the decision', () => {
    const lines = timelineOf(claim('rejected', [event(1, 'submitted', 'owner'), event(2, 'rejected', 'employer')]))
    expect(lines.at(-1)).toMatchObject({ what: 'rejected', tone: 'bad' })
  })

  it('puts the next act into the hands of the owner when it came back', () => {
    const lines = timelineOf(claim('returned', [event(1, 'submitted', 'owner'), event(2, 'returned', 'bureau')]))
    expect(lines.at(-1)).toMatchObject({ what: 'waits_owner', by: 'owner' })
  })
})

it('offers what the state allows', () => {
  expect(actsOf({ state: 'returned' })).toEqual({ mend: true, takeBack: true })
  expect(actsOf({ state: 'submitted' })).toEqual({ mend: false, takeBack: true })
  expect(actsOf({ state: 'approved' })).toEqual({ mend: false, takeBack: false })
})

it('counts how long something has waited', () => {
  const now = new Date('2026-11-23T12:00:00Z')
  expect(ageOf('2026-11-23T11:40:00Z', now)).toEqual({ count: 20, unit: 'minutes' })
  expect(ageOf('2026-11-22T12:00:00Z', now)).toEqual({ count: 24, unit: 'hours' })
  expect(ageOf('2026-11-20T12:00:00Z', now)).toEqual({ count: 3, unit: 'days' })
  expect(ageOf('2026-11-24T12:00:00Z', now).count).toBe(1)
})
