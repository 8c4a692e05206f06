/** A person's year beside the claim that is reviewed. */

import type { ReviewDetail } from './calls'
import { proposed } from './verdict'

export interface YearBar {
  kind: string
  counted: number
  required: number
  /** What would be counted with this claim approved as it stands. */
  then: number
}

/** Each subject kind that is required, then the whole; nothing when no requirement applies. */
export function yearBars(claim: ReviewDetail): YearBar[] {
  const year = claim.year_so_far
  if (!year) return []
  const adds = claim.step ? proposed(claim) : 0
  const kinds = Object.entries(year.required.by_subject).map(([kind, required]) => {
    const counted = year.counted.by_subject[kind] ?? 0
    return { kind, counted, required, then: counted + (kind === claim.subject_kind ? adds : 0) }
  })
  const { total_tenths: counted } = year.counted
  return [...kinds, { kind: 'total', counted, required: year.required.total_tenths, then: counted + adds }]
}
