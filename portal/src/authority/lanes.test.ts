import { describe, expect, it } from 'vitest'
import { daysUntil, inOrder, minutesLeft, sentenceOf, toneOfLane, type Lane, type Seal } from './lanes'

const LANE: Lane = {
  state: 'flowing',
  waiting: 0,
  in_hand: 0,
  calls: 0,
  failures: 0,
  documents_last_minute: 0,
  last_error: null,
  last_success_at: null,
  next_attempt_at: null,
  oldest_at: null,
  since: null,
  pace: { batch: 50, concurrency: 4, linger_ms: 10, per_second: 500 },
}
const lane = (changes: Partial<Lane>): Lane => ({ ...LANE, ...changes })
const seal = (name: string, of: Lane | null) => ({ name, lane: of }) as Seal

describe('a lane in words', () => {
  it.each([
    [lane({}), 'idle', 'good'],
    [lane({ waiting: 3 }), 'busy', 'good'],
    [lane({ in_hand: 3, failures: 1 }), 'slow', 'good'],
    [lane({ state: 'waiting', waiting: 3 }), 'waiting', 'warning'],
    [lane({ state: 'stopped' }), 'stopped', 'bad'],
    [lane({ state: 'expired' }), 'expired', 'bad'],
  ])('%o', (one, sentence, tone) => {
    expect(sentenceOf(one)).toBe(`authority.lane.says.${sentence}`)
    expect(toneOfLane(one.state)).toBe(tone)
  })

  it('tells how long the queue takes only while it moves', () => {
    expect(minutesLeft(lane({ waiting: 250, documents_last_minute: 100 }))).toBe(3)
    expect(minutesLeft(lane({ waiting: 1, documents_last_minute: 100 }))).toBe(1)
    expect(minutesLeft(lane({ waiting: 250 }))).toBeUndefined()
    expect(minutesLeft(lane({ documents_last_minute: 9 }))).toBeUndefined()
    expect(minutesLeft(lane({ state: 'waiting', waiting: 9, documents_last_minute: 9 }))).toBeUndefined()
  })
})

describe('the end of a seal', () => {
  it('is counted in whole days', () => {
    const now = new Date('2026-11-23T00:00:00Z')
    expect(daysUntil('2026-11-30T12:00:00Z', now)).toBe(7)
    expect(daysUntil('2026-11-22T00:00:00Z', now)).toBe(-1)
    expect(daysUntil(null, now)).toBeUndefined()
  })
})

describe('the order of lanes', () => {
  it('puts what needs somebody first and leaves out seals that were never in use', () => {
    const found = inOrder([
      seal('short', lane({ waiting: 1 })),
      seal('new', null),
      seal('long', lane({ waiting: 9 })),
      seal('away', lane({ state: 'waiting' })),
      seal('stopped', lane({ state: 'stopped' })),
    ])
    expect(found.map(({ name }) => name)).toEqual(['stopped', 'away', 'long', 'short'])
  })
})
