import { describe, expect, it } from 'vitest'
import {
  contentOf, draftOf, drafts, emptyDraft, estimateOf, faultsOf, fieldOf, legalToday, type Draft,
} from './claimForm'
import type { ActivityKind, ClaimDetail } from './types'

const TODAY = '2026-11-23'
const training = { code: 'training', evidence_required: true } as ActivityKind

function draft(changes: Partial<Draft> = {}): Draft {
  return {
    ...emptyDraft(2026),
    activity_kind: 'training',
    title: ' 急救护理研修班 ',
    hours: '12.5',
    started_on: '2026-03-02',
    ended_on: '2026-03-04',
    evidence: [{ evidence_id: 'e1', media_type: 'image/png', size_bytes: 9, name: '证.png' }],
    ...changes,
  }
}

describe('a draft', () => {
  it('is sent without what only the page needs', () => {
    expect(faultsOf(draft(), training, TODAY)).toEqual({})
    expect(contentOf(draft())).toEqual({
      subject_kind: 'professional',
      activity_kind: 'training',
      title: '急救护理研修班',
      credit_tenths: 125,
      started_on: '2026-03-02',
      ended_on: '2026-03-04',
      evidence_ids: ['e1'],
    })
  })

  it.each<[Partial<Draft>, string, string]>([
    [{ title: ' ' }, 'title', 'required'],
    [{ hours: '' }, 'hours', 'required'],
    [{ hours: '十二' }, 'hours', 'hours_unreadable'],
    [{ hours: '0' }, 'hours', 'hours_zero'],
    [{ started_on: '' }, 'started_on', 'required'],
    [{ started_on: '2025-12-31' }, 'started_on', 'other_year'],
    [{ ended_on: '2026-03-01' }, 'ended_on', 'reversed'],
    [{ ended_on: '2026-11-24' }, 'ended_on', 'future'],
    [{ activity_kind: '' }, 'activity_kind', 'required'],
    [{ evidence: [] }, 'evidence_ids', 'evidence_missing'],
  ])('with %o is faulty at %s', (changes, field, fault) => {
    expect(faultsOf(draft(changes), training, TODAY)).toEqual({ [field]: fault })
  })

  it('needs no evidence where the kind needs none', () => {
    const other = { ...training, evidence_required: false }
    expect(faultsOf(draft({ evidence: [] }), other, TODAY)).toEqual({})
  })

  it('is estimated as soon as it can be judged, with or without title and evidence', () => {
    expect(estimateOf(draft({ title: '', evidence: [] }), TODAY)).toMatchObject({ credit_tenths: 125 })
    for (const missing of [{ hours: '' }, { activity_kind: '' }, { ended_on: '2026-12-01' }]) {
      expect(estimateOf(draft(missing), TODAY)).toBeUndefined()
    }
  })

  it('begins from the claim that is mended', () => {
    const returned = {
      ...contentOf(draft()), year: 2026, credit_tenths: 600,
      evidence: [{ evidence_id: 'e9', media_type: 'application/pdf', size_bytes: 4 }],
    } as unknown as ClaimDetail
    expect(draftOf(returned)).toMatchObject({ hours: '60', evidence: [{ evidence_id: 'e9', name: '' }] })
  })

  it('is kept while the browser is open, until it is filed', () => {
    drafts.keep('new', draft())
    expect(drafts.take('new')?.hours).toBe('12.5')
    drafts.drop('new')
    expect(drafts.take('new')).toBeUndefined()
  })
})

it('finds the field that a problem names', () => {
  expect(fieldOf('/credit_tenths')).toBe('hours')
  expect(fieldOf('/ended_on')).toBe('ended_on')
  expect(fieldOf('/something_else')).toBeUndefined()
})

it("knows today's date in Henan", () => {
  expect(legalToday(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23')
  expect(legalToday(new Date('2026-11-22T15:59:59Z'))).toBe('2026-11-22')
})
