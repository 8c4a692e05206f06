/** What a state means for whoever reads it; the colour follows, the word is always there too. */
export type Tone = 'good' | 'open' | 'warning' | 'bad' | 'quiet'

const TONES: Readonly<Record<string, Tone>> = {
  // certificates
  valid: 'good',
  issued: 'good',
  suspended: 'warning',
  superseded: 'quiet',
  revoked: 'bad',
  cancelled: 'quiet',
  planned: 'open',
  rendered: 'open',
  sealing: 'open',
  parked: 'warning',
  quarantined: 'bad',
  // claims
  submitted: 'open',
  employer_approved: 'open',
  approved: 'good',
  returned: 'warning',
  rejected: 'bad',
  withdrawn: 'quiet',
  // people, seals, approvals, jobs
  requested: 'open',
  confirmed: 'good',
  ended: 'quiet',
  unproven: 'open',
  proven: 'good',
  closed: 'quiet',
  applied: 'open',
  filing: 'open',
  active: 'good',
  expiring: 'warning',
  replaced: 'quiet',
  expired: 'quiet',
  open: 'open',
  completed: 'good',
  waiting: 'open',
  queued: 'open',
  running: 'open',
  done: 'good',
  finished: 'good',
  ready: 'good',
  failed: 'bad',
  refused: 'bad',
  draft: 'quiet',
  proposed: 'open',
  live: 'good',
  retired: 'quiet',
}

/** Return what a state means; an unknown one is quiet. */
export function toneOf(state: string): Tone {
  return TONES[state] ?? 'quiet'
}
