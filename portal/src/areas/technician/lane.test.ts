import { describe, expect, it } from 'vitest'
import { newestByYear, progressOf, underWay } from './lane'
import type { Certificate, Intent } from './types'

function intent(changes: Partial<Intent>): Intent {
  return { year: 2026, completion: 1, state: 'sealing', lane: null, task: null, ...changes } as Intent
}

const lane = { position: 3, state: 'flowing', since: null, reason: null, refusal: null, expected_at: null } as const

describe('a certificate on its way', () => {
  it('tells its place in a lane that flows', () => {
    expect(progressOf(intent({ lane }))).toMatchObject({ key: 'sealing', tone: 'going', position: 3 })
  })

  it('tells why a lane waits, and since when', () => {
    const waiting = { ...lane, state: 'waiting', since: '2026-11-23T00:00:00Z', reason: 'x' } as const
    expect(progressOf(intent({ lane: waiting }))).toMatchObject({
      key: 'lane_waiting', tone: 'waiting', since: '2026-11-23T00:00:00Z', reason: 'x',
    })
    expect(progressOf(intent({ lane: { ...lane, state: 'stopped' } })).tone).toBe('stopped')
    expect(progressOf(intent({ lane: { ...lane, state: 'expired' } })).key).toBe('lane_expired')
  })

  it('passes on what has to be done when it is parked', () => {
    expect(progressOf(intent({ state: 'parked', task: '请联系' }))).toMatchObject({ key: 'parked', task: '请联系' })
    expect(progressOf(intent({ state: 'planned' })).key).toBe('planned')
    expect(progressOf(intent({ state: 'rendered' })).key).toBe('sealing')
  })

  it('is found by year, the newest completion, and only while it is under way', () => {
    const found = underWay([
      intent({ completion: 1 }), intent({ completion: 2 }),
      intent({ year: 2025, state: 'issued' }), intent({ year: 2024, state: 'cancelled' }),
    ])
    expect([...found.keys()]).toEqual([2026])
    expect(found.get(2026)?.completion).toBe(2)
  })
})

it('shows the newest version of each year, the newest year first', () => {
  const made = (year: number, version: number) => ({ year, version }) as Certificate
  const shown = newestByYear([made(2025, 1), made(2026, 1), made(2026, 2)])
  expect(shown.map((one) => [one.year, one.version])).toEqual([[2026, 2], [2025, 1]])
})
