import { describe, expect, it } from 'vitest'
import { alters, decisionBody, freshDraft, lacks, type Draft } from './verdict'

const CLAIM = { credit_tenths: 600, approved_tenths: null, subject_kind: 'professional' }

function draft(changes: Partial<Draft>): Draft {
  return { ...freshDraft(CLAIM), ...changes }
}

describe('what a decision lacks', () => {
  it('nothing for a plain approval', () => {
    expect(lacks(draft({ outcome: 'approve' }), CLAIM)).toEqual([])
  })

  it('an outcome first', () => {
    expect(lacks(draft({}), CLAIM)).toEqual(['outcome'])
  })

  it('a reason for fewer hours or another subject', () => {
    expect(lacks(draft({ outcome: 'approve', hours: '50' }), CLAIM)).toEqual(['reason'])
    expect(lacks(draft({ outcome: 'approve', subject_kind: 'public' }), CLAIM)).toEqual(['reason'])
    const told = draft({ outcome: 'approve', hours: '50', reason: '只载50学时' })
    expect(lacks(told, CLAIM)).toEqual([])
  })

  it('possible hours', () => {
    expect(lacks(draft({ outcome: 'approve', hours: '60.1' }), CLAIM)).toEqual(['hours'])
    for (const typed of ['', '0', '-1', '1.25', 'abc']) {
      expect(lacks(draft({ outcome: 'approve', hours: typed }), CLAIM)).toEqual(['hours'])
    }
  })

  it('a listed reason to return, a reason and a remedy to reject', () => {
    expect(lacks(draft({ outcome: 'return', reason: 'x' }), CLAIM)).toEqual(['reason_code'])
    expect(lacks(draft({ outcome: 'return', reason_code: 'wrong_year' }), CLAIM)).toEqual([])
    expect(lacks(draft({ outcome: 'reject' }), CLAIM)).toEqual(['reason'])
    expect(lacks(draft({ outcome: 'reject', reason: 'x' }), CLAIM)).toEqual(['remedy'])
    expect(lacks(draft({ outcome: 'reject', reason: 'x', remedy: 'y' }), CLAIM)).toEqual([])
  })

  it('what the employer already lowered needs no second explanation', () => {
    const lowered = { ...CLAIM, approved_tenths: 500 }
    const plain = { ...freshDraft(lowered), outcome: 'approve' as const }
    expect(plain.hours).toBe('50')
    expect(lacks(plain, lowered)).toEqual([])
    expect(alters(plain, lowered)).toBe(false)
  })
})

describe('what is sent', () => {
  it('is bare for a plain approval, even after a reason was tried', () => {
    const tried = draft({ outcome: 'approve', reason: 'left over', reason_code: 'wrong_year' })
    expect(decisionBody('employer', tried, CLAIM)).toEqual({ step: 'employer', outcome: 'approve' })
  })

  it('names only what changed', () => {
    const fewer = draft({ outcome: 'approve', hours: '50', reason: ' 只载50学时 ' })
    expect(decisionBody('bureau', fewer, CLAIM)).toEqual({
      step: 'bureau',
      outcome: 'approve',
      approved_tenths: 500,
      reason: '只载50学时',
    })
  })

  it('never carries hours with a refusal', () => {
    const refused = draft({ outcome: 'return', hours: '50', reason_code: 'wrong_year' })
    expect(decisionBody('employer', refused, CLAIM)).toEqual({
      step: 'employer',
      outcome: 'return',
      reason_code: 'wrong_year',
    })
  })
})
