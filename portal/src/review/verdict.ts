/** A decision as it is being made: what it needs, and what is sent. */

import { hoursOf, tenthsOf } from '@/kit/units'
import type { Step } from './filters'

export type Outcome = 'approve' | 'return' | 'reject'

/** What the reviewer has typed and chosen so far. */
export interface Draft {
  outcome: Outcome | null
  hours: string
  subject_kind: string
  reason_code: string
  reason: string
  remedy: string
}

export interface Filed {
  credit_tenths: number
  approved_tenths?: number | null
  subject_kind: string
}

export interface DecisionBody {
  step: Step
  outcome: Outcome
  approved_tenths?: number
  subject_kind?: string
  reason_code?: string
  reason?: string
  remedy?: string
}

export type Lack = 'outcome' | 'hours' | 'reason' | 'reason_code' | 'remedy'

/** What would be approved without another word: what the employer granted, else what was filed. */
export function proposed(claim: Filed): number {
  return claim.approved_tenths ?? claim.credit_tenths
}

export function freshDraft(claim: Filed): Draft {
  return {
    outcome: null,
    hours: hoursOf(proposed(claim)),
    subject_kind: claim.subject_kind,
    reason_code: '',
    reason: '',
    remedy: '',
  }
}

/** Read typed hours as tenths; none unless above zero. */
function typedTenths(typed: string): number | null {
  return tenthsOf(typed) || null
}

/** Tell whether approval would change what was filed, which needs a reason. */
export function alters(draft: Draft, claim: Filed): boolean {
  return typedTenths(draft.hours) !== proposed(claim) || draft.subject_kind !== claim.subject_kind
}

/** Tell what is still missing, by the rules the service keeps too. */
export function lacks(draft: Draft, claim: Filed): Lack[] {
  if (!draft.outcome) return ['outcome']
  const why = Boolean(draft.reason_code || draft.reason.trim())
  if (draft.outcome === 'approve') {
    const tenths = typedTenths(draft.hours)
    if (tenths === null || tenths > claim.credit_tenths) return ['hours']
    return alters(draft, claim) && !why ? ['reason'] : []
  }
  if (draft.outcome === 'return' && !draft.reason_code) return ['reason_code']
  if (!why) return ['reason']
  return draft.reason_code || draft.remedy.trim() ? [] : ['remedy']
}

/** Return what is sent; only what the reviewer changed or wrote. */
export function decisionBody(step: Step, draft: Draft, claim: Filed): DecisionBody {
  const body: DecisionBody = { step, outcome: draft.outcome ?? 'approve' }
  if (body.outcome === 'approve') {
    const tenths = typedTenths(draft.hours)
    if (tenths !== null && tenths !== proposed(claim)) body.approved_tenths = tenths
    if (draft.subject_kind !== claim.subject_kind) body.subject_kind = draft.subject_kind
  }
  const wantsReason = body.outcome !== 'approve' || alters(draft, claim)
  if (wantsReason && draft.reason_code) body.reason_code = draft.reason_code
  if (wantsReason && draft.reason.trim()) body.reason = draft.reason.trim()
  if (wantsReason && draft.remedy.trim()) body.remedy = draft.remedy.trim()
  return body
}
