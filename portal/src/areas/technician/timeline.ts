import type { ClaimDetail } from './types'

export interface TimelineLine {
  key: string
  /** What happened, or what is to come: a key of the words. */
  what: string
  tone: 'done' | 'bad' | 'now' | 'next'
  by: string
  at?: string
  approvedTenths?: number | null
  reasonCode?: string | null
  reason?: string | null
  remedy?: string | null
}

const BAD = new Set(['returned', 'rejected', 'approval_withdrawn', 'taken_back'])

/** A claim's way so far, where it is now, and the steps that are still to come. */
export function timelineOf(claim: ClaimDetail): TimelineLine[] {
  const past: TimelineLine[] = claim.events.map((event) => ({
    key: `v${event.version}`,
    what: event.what,
    tone: BAD.has(event.what) ? 'bad' : 'done',
    by: event.by,
    at: event.at,
    approvedTenths: event.approved_tenths,
    reasonCode: event.reason_code,
    reason: event.reason,
    remedy: event.remedy,
  }))
  return [...past, ...ahead(claim)]
}

function ahead(claim: ClaimDetail): TimelineLine[] {
  const since = claim.waiting_since ? { at: claim.waiting_since } : {}
  switch (claim.state) {
    case 'submitted':
      return [
        { key: 'now', what: 'waits_employer', tone: 'now', by: 'employer', ...since },
        { key: 'next', what: 'then_bureau', tone: 'next', by: 'bureau' },
      ]
    case 'employer_approved':
      return [{ key: 'now', what: 'waits_bureau', tone: 'now', by: 'bureau', ...since }]
    case 'returned':
      return [{ key: 'now', what: 'waits_owner', tone: 'now', by: 'owner' }]
    default:
      return []
  }
}

/** What its owner may do now; the service decides again. */
export function actsOf(claim: { state: string }): { mend: boolean; takeBack: boolean } {
  return {
    mend: claim.state === 'returned',
    takeBack: ['submitted', 'employer_approved', 'returned'].includes(claim.state),
  }
}

/** How long something has waited, a minute at least, as a number and a unit of the words. */
export function ageOf(since: string, now: Date): { count: number; unit: 'minutes' | 'hours' | 'days' } {
  const minutes = Math.max(1, Math.floor((now.getTime() - Date.parse(since)) / 60_000))
  if (minutes < 60) return { count: minutes, unit: 'minutes' }
  if (minutes < 48 * 60) return { count: Math.floor(minutes / 60), unit: 'hours' }
  return { count: Math.floor(minutes / 1440), unit: 'days' }
}
