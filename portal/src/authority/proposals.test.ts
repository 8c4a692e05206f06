import { describe, expect, it } from 'vitest'
import { daysLeft, isOwn, proposerMark, textOf, wordOf, type Approval } from './proposals'

const official = { account_id: 'a-1', person_id: null }
const technician = { account_id: 'a-2', person_id: 'p-2' }
const approval = { payload: { reason: '材料不实', certificates: 3, fraud: true } } as unknown as Approval

describe('a proposal', () => {
  it('is the own one by account, and by person where there is one', () => {
    expect(isOwn('account:a-1', official)).toBe(true)
    expect(isOwn('account:a-2', official)).toBe(false)
    expect(isOwn('person:p-2', technician)).toBe(true)
    expect(isOwn('account:a-2', technician)).toBe(false)
    expect(isOwn('account:a-1', undefined)).toBe(false)
  })

  it('has words for each kind, and one for what came later', () => {
    expect(wordOf('certificate.mass_revocation')).toBe('certificate_mass_revocation')
    expect(wordOf('rule.release')).toBe('other')
  })

  it('shows texts and numbers of its payload and nothing else', () => {
    expect(textOf(approval, 'reason')).toBe('材料不实')
    expect(textOf(approval, 'certificates')).toBe('3')
    expect(textOf(approval, 'fraud')).toBe('')
    expect(textOf(approval, 'missing')).toBe('')
  })

  it('lapses on a day that is counted up', () => {
    const now = new Date('2026-11-23T00:00:00Z')
    expect(daysLeft('2026-11-30T00:00:00Z', now)).toBe(7)
    expect(daysLeft('2026-11-23T01:00:00Z', now)).toBe(1)
    expect(daysLeft('2026-11-22T00:00:00Z', now)).toBe(0)
  })

  it('tells people apart by the end of their number', () => {
    expect(proposerMark('account:01a2094d-ecbc-7ce4-831e-5613cfb02c11')).toBe('b02c11')
  })
})
