import { expect, it } from 'vitest'
import type { ReviewDetail } from './calls'
import { yearBars } from './years'

const CLAIM = {
  step: 'bureau',
  subject_kind: 'public',
  credit_tenths: 300,
  approved_tenths: 250,
  year_so_far: {
    required: { total_tenths: 900, by_subject: { public: 300, professional: 600 } },
    counted: { total_tenths: 620, by_subject: { public: 20, professional: 600 } },
  },
} as unknown as ReviewDetail

it('shows what the claim would add, as the employer granted it', () => {
  expect(yearBars(CLAIM)).toEqual([
    { kind: 'public', counted: 20, required: 300, then: 270 },
    { kind: 'professional', counted: 600, required: 600, then: 600 },
    { kind: 'total', counted: 620, required: 900, then: 870 },
  ])
})

it('adds nothing for a decided claim and shows nothing without a requirement', () => {
  expect(yearBars({ ...CLAIM, step: null })[2]?.then).toBe(620)
  expect(yearBars({ ...CLAIM, year_so_far: null })).toEqual([])
})
