import { tenthsOf } from '@/kit/units'
import type { ActivityKind, ClaimDetail } from './types'

/** A file of evidence that the service has taken. */
export interface Evidence {
  evidence_id: string
  media_type: string
  size_bytes: number
  /** The name it had on the person's machine; a name from an earlier visit is not known. */
  name: string
}

/** A claim being written. */
export interface Draft {
  year: number
  subject_kind: string
  activity_kind: string
  title: string
  hours: string
  started_on: string
  ended_on: string
  evidence: Evidence[]
}

export type DraftField = Exclude<keyof Draft, 'evidence'> | 'evidence_ids' | 'credit_tenths'

export function emptyDraft(year: number): Draft {
  return {
    year,
    subject_kind: 'professional',
    activity_kind: '',
    title: '',
    hours: '',
    started_on: '',
    ended_on: '',
    evidence: [],
  }
}

/** The draft from which a returned claim is mended. */
export function draftOf(claim: ClaimDetail): Draft {
  return {
    year: claim.year,
    subject_kind: claim.subject_kind,
    activity_kind: claim.activity_kind,
    title: claim.title,
    hours: String(claim.credit_tenths / 10),
    started_on: claim.started_on,
    ended_on: claim.ended_on,
    evidence: claim.evidence.map((one) => ({ ...one, name: '' })),
  }
}

/** What is wrong with each field, as keys of the words; the service checks everything again. */
export function faultsOf(
  draft: Draft,
  kind: ActivityKind | undefined,
  today: string,
): Partial<Record<DraftField, string>> {
  const faults: Partial<Record<DraftField, string>> = {}
  if (!draft.subject_kind) faults.subject_kind = 'required'
  if (!draft.activity_kind) faults.activity_kind = 'required'
  if (!draft.title.trim()) faults.title = 'required'
  const tenths = tenthsOf(draft.hours)
  if (!draft.hours.trim()) faults.hours = 'required'
  else if (tenths === undefined) faults.hours = 'hours_unreadable'
  else if (tenths === 0) faults.hours = 'hours_zero'
  Object.assign(faults, dateFaults(draft, today))
  if (kind?.evidence_required && !draft.evidence.length) faults.evidence_ids = 'evidence_missing'
  return faults
}

function dateFaults(draft: Draft, today: string): Partial<Record<DraftField, string>> {
  const { started_on: from, ended_on: to } = draft
  const faults: Partial<Record<DraftField, string>> = {}
  if (!from) faults.started_on = 'required'
  else if (yearOf(from) !== draft.year) faults.started_on = 'other_year'
  if (!to) faults.ended_on = 'required'
  else if (from && to < from) faults.ended_on = 'reversed'
  else if (to > today) faults.ended_on = 'future'
  else if (yearOf(to) !== draft.year) faults.ended_on = 'other_year'
  return faults
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4))
}

/** What is sent to file the draft; only called without faults. */
export function contentOf(draft: Draft) {
  return {
    subject_kind: draft.subject_kind,
    activity_kind: draft.activity_kind,
    title: draft.title.trim(),
    credit_tenths: tenthsOf(draft.hours) ?? 0,
    started_on: draft.started_on,
    ended_on: draft.ended_on,
    evidence_ids: draft.evidence.map((one) => one.evidence_id),
  }
}

/** What is sent to estimate it; nothing while it cannot be judged yet. */
export function estimateOf(draft: Draft, today: string) {
  const tenths = tenthsOf(draft.hours)
  const faulty = Object.keys(dateFaults(draft, today)).length > 0
  if (!tenths || !draft.activity_kind || !draft.subject_kind || faulty) return undefined
  const { year, subject_kind, activity_kind, started_on, ended_on } = draft
  return { year, subject_kind, activity_kind, credit_tenths: tenths, started_on, ended_on }
}

/** The field of the form that a problem's JSON pointer names. */
export function fieldOf(pointer: string): DraftField | undefined {
  const name = pointer.replace(/^\//, '')
  if (name === 'credit_tenths') return 'hours'
  const fields: DraftField[] = [
    'year', 'subject_kind', 'activity_kind', 'title', 'started_on', 'ended_on', 'evidence_ids',
  ]
  return fields.find((field) => field === name)
}

/** Today in Henan, as a date of the form. */
export function legalToday(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}

const kept = new Map<string, Draft>()

/** Drafts live in memory only: they survive errors and other pages, never a closed browser. */
export const drafts = {
  keep: (place: string, draft: Draft) => void kept.set(place, draft),
  take: (place: string) => kept.get(place),
  drop: (place: string) => void kept.delete(place),
}
