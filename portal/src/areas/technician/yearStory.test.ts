import { describe, expect, it } from 'vitest'
import type { Intent, OpenClaim, Year } from './types'
import { blockersOf, notYetFiled, ringsOf } from './yearStory'

function claim(changes: Partial<OpenClaim>): OpenClaim {
  return {
    claim_id: 'c1', title: '研修班', subject_kind: 'professional', credit_tenths: 200,
    state: 'submitted', step: 'employer', holder: '测试医院',
    submitted_at: '2026-11-01T00:00:00Z', waiting_since: '2026-11-01T00:00:00Z',
    age_seconds: 60, reason: null, remedy: null, ...changes,
  }
}

function year(changes: Partial<Year> = {}): Year {
  return {
    year: 2026, state: 'open', completion: 0, completed_at: null,
    rule: {} as Year['rule'],
    required: { total_tenths: 900, by_subject: { public: 300, professional: 600 } },
    counted: { total_tenths: 300, by_subject: { public: 300, professional: 0 } },
    missing: { total_tenths: 600, by_subject: { public: 0, professional: 600 } },
    open_claims: [], certificate: null, certificate_waits: null, ...changes,
  }
}

describe('the rings', () => {
  it('show all hours first, then each kind, with what is waiting behind', () => {
    const rings = ringsOf(year({ open_claims: [claim({})] }))
    expect(rings.map((ring) => ring.subject)).toEqual(['total', 'public', 'professional'])
    expect(rings.map((ring) => ring.missing)).toEqual([600, 0, 600])
    expect(rings[2]).toMatchObject({ share: 0, waiting: 200 })
    expect(rings[2]?.waitingShare).toBeCloseTo(1 / 3)
    expect(rings[1]?.share).toBe(1)
  })

  it('never go beyond full', () => {
    const full = year({ counted: { total_tenths: 950, by_subject: { public: 350, professional: 600 } } })
    for (const ring of ringsOf({ ...full, open_claims: [claim({})] })) {
      expect(ring.share + ring.waitingShare).toBeLessThanOrEqual(1)
    }
  })

  it('leave out a kind that is neither required nor earned', () => {
    const other = year({
      required: { total_tenths: 560, by_subject: {} },
      counted: { total_tenths: 100, by_subject: { professional: 100 } },
    })
    expect(ringsOf(other).map((ring) => ring.subject)).toEqual(['total', 'professional'])
  })
})

describe('what blocks the certificate', () => {
  it('names own work first: what came back, then what is not filed', () => {
    const back = claim({ claim_id: 'c2', state: 'returned', step: null, holder: '本人' })
    const blockers = blockersOf(year({ open_claims: [claim({}), back] }))
    expect(blockers.map((one) => [one.kind, one.own])).toEqual([
      ['returned', true],
      ['missing', true],
      ['waiting', false],
    ])
    expect(blockers[1]).toMatchObject({ subject: 'professional', tenths: 200 })
  })

  it('does not ask for hours that only wait for their review', () => {
    expect(notYetFiled(year({ open_claims: [claim({ credit_tenths: 600 })] }))).toEqual([])
  })

  it('asks for hours of any kind when only the total lacks', () => {
    const lacking = year({ missing: { total_tenths: 700, by_subject: { public: 0, professional: 600 } } })
    expect(notYetFiled(lacking)).toEqual([['professional', 600], ['total', 100]])
  })

  it('names the lane or the task once the year is complete', () => {
    const complete = year({ state: 'completed', missing: { total_tenths: 0, by_subject: {} } })
    const intent = { state: 'sealing' } as Intent
    expect(blockersOf(complete, intent)).toEqual([{ kind: 'lane', own: false, intent }])
    const parked = { ...complete, certificate_waits: { reason_code: 'x', task: '发证单位尚未启用签章' } }
    expect(blockersOf(parked, intent)).toMatchObject([{ kind: 'parked', task: '发证单位尚未启用签章' }])
    expect(blockersOf(complete)).toEqual([])
  })

  it('is nothing when the certificate is there', () => {
    const certificate = { state: 'valid' } as Year['certificate']
    expect(blockersOf(year({ state: 'completed', certificate, open_claims: [claim({})] }))).toEqual([])
  })
})
