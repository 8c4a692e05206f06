import { describe, expect, it } from 'vitest'
import { canAcknowledge, canRetry, placeSentence, WORK_KINDS, type Intent } from './work'

const at = (state: string, position: number) => ({ lane: { state, position } }) as unknown as Intent

describe('work', () => {
  it('can be acknowledged when it is about signatures', () => {
    expect(WORK_KINDS.filter(canAcknowledge)).toEqual(['orphans', 'omissions'])
  })

  it('can be retried until it is quarantined or over', () => {
    const states = ['planned', 'parked', 'rendered', 'sealing', 'quarantined', 'cancelled', 'issued']
    expect(states.filter(canRetry)).toEqual(['planned', 'parked', 'rendered', 'sealing'])
  })

  it('tells its place in the lane', () => {
    expect(placeSentence(at('flowing', 4))).toBe('authority.lane.place')
    expect(placeSentence(at('flowing', 0))).toBe('authority.lane.now')
    expect(placeSentence(at('waiting', 4))).toBe('authority.lane.says.waiting')
    expect(placeSentence({ lane: null } as Intent)).toBe('')
  })
})
