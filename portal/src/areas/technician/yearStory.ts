import { share } from './credits'
import { SUBJECT_KINDS, type Intent, type OpenClaim, type Year } from './types'

/** One ring of the year: how far a requirement is met, and what reviewers still have of it. */
export interface Ring {
  subject: string
  counted: number
  required: number
  waiting: number
  missing: number
  /** 0…1 counted, and 0…1 that approval of everything waiting would add. */
  share: number
  waitingShare: number
}

/** What stands between a person and the certificate; `own` is for him to do himself. */
export type Blocker =
  | { kind: 'returned'; own: true; claim: OpenClaim }
  | { kind: 'missing'; own: true; subject: string; tenths: number }
  | { kind: 'waiting'; own: false; claim: OpenClaim }
  | { kind: 'parked'; own: false; task: string }
  | { kind: 'lane'; own: false; intent: Intent }

/** The hours that reviewers have before them, per subject kind. */
export function waitingBySubject(year: Year): Record<string, number> {
  const waiting: Record<string, number> = {}
  for (const claim of year.open_claims) {
    if (claim.step) waiting[claim.subject_kind] = (waiting[claim.subject_kind] ?? 0) + claim.credit_tenths
  }
  return waiting
}

/** The rings of a year: all hours first, then each subject kind that has a minimum or hours. */
export function ringsOf(year: Year): Ring[] {
  const waiting = waitingBySubject(year)
  const total = ring('total', year.counted.total_tenths, year.required.total_tenths, sum(waiting))
  const named = new Set([...SUBJECT_KINDS, ...Object.keys(year.counted.by_subject)])
  const kinds = [...named].filter(
    (kind) => kind in year.required.by_subject || (year.counted.by_subject[kind] ?? 0) > 0,
  )
  return [
    total,
    ...kinds.map((kind) =>
      ring(
        kind,
        year.counted.by_subject[kind] ?? 0,
        year.required.by_subject[kind] ?? 0,
        waiting[kind] ?? 0,
      ),
    ),
  ]
}

function ring(subject: string, counted: number, required: number, waiting: number): Ring {
  const now = share(counted, required)
  return {
    subject,
    counted,
    required,
    waiting,
    missing: Math.max(0, required - counted),
    share: now,
    waitingShare: share(counted + waiting, required) - now,
  }
}

/** What blocks the certificate: what the person can do himself comes first. */
export function blockersOf(year: Year, intent?: Intent): Blocker[] {
  if (year.certificate?.state === 'valid') return []
  const blockers: Blocker[] = year.open_claims
    .filter((claim) => !claim.step)
    .map((claim) => ({ kind: 'returned', own: true, claim }))
  if (year.state !== 'completed') {
    for (const [subject, tenths] of notYetFiled(year)) {
      blockers.push({ kind: 'missing', own: true, subject, tenths })
    }
    for (const claim of year.open_claims) {
      if (claim.step) blockers.push({ kind: 'waiting', own: false, claim })
    }
    return blockers
  }
  if (year.certificate_waits) {
    blockers.push({ kind: 'parked', own: false, task: year.certificate_waits.task })
  } else if (intent) {
    blockers.push({ kind: 'lane', own: false, intent })
  }
  return blockers
}

/** Hours of claims that are open at all: in review, or back to be mended. */
function openBySubject(year: Year): Record<string, number> {
  const open: Record<string, number> = {}
  for (const claim of year.open_claims) {
    open[claim.subject_kind] = (open[claim.subject_kind] ?? 0) + claim.credit_tenths
  }
  return open
}

/** Hours that would still be missing if every open claim came to be approved, per subject kind. */
export function notYetFiled(year: Year): [subject: string, tenths: number][] {
  const waiting = openBySubject(year)
  const kinds = Object.entries(year.missing.by_subject)
    .map(([kind, tenths]): [string, number] => [kind, tenths - (waiting[kind] ?? 0)])
    .filter(([, tenths]) => tenths > 0)
  const ofKinds = kinds.reduce((all, [, tenths]) => all + tenths, 0)
  const anyKind = year.missing.total_tenths - sum(waiting) - ofKinds
  return anyKind > 0 ? [...kinds, ['total', anyKind]] : kinds
}

function sum(tenths: Record<string, number>): number {
  return Object.values(tenths).reduce((all, one) => all + one, 0)
}
