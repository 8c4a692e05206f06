import type { components } from '@/api/generated/certificates'

export type Certificate = components['schemas']['CertificateView']
export type CertificateState = components['schemas']['CertificateState']

export type RevocationJob = components['schemas']['JobView']
export type RevocationJobState = (typeof JOB_STATES)[number]

/** The states of a revocation by file, as it goes. */
export const JOB_STATES = ['examined', 'proposed', 'refused', 'approved', 'done'] as const

export const STATES: readonly CertificateState[] = ['valid', 'suspended', 'superseded', 'revoked']

/** Reasons that fit each act; the service knows the whole list. */
export const REASONS = {
  suspend: ['under_review', 'evidence_in_doubt', 'year_reopened', 'audit_finding'],
  reinstate: ['review_passed'],
  reissue: ['name_changed', 'identity_corrected', 'employer_renamed', 'office_renamed'],
  revoke: ['evidence_false', 'identity_false', 'issued_in_error', 'hours_withdrawn', 'audit_finding', 'holder_request'],
} as const
export type Act = keyof typeof REASONS

/** What may be done with a certificate in this state. */
export function actsFor(state: CertificateState): Act[] {
  if (state === 'valid') return ['reissue', 'suspend', 'revoke']
  return state === 'suspended' ? ['reinstate', 'revoke'] : []
}

/** The years that lists offer: from the first electronic one to the present one, newest first. */
export function yearsUntil(year: number, first = 2024): number[] {
  return Array.from({ length: Math.max(1, year - first + 1) }, (_, place) => year - place)
}

/** A job's outcomes: what was or can be done first, then by number of rows. */
export function outcomesOf(outcomes: Readonly<Record<string, number>>): [string, number][] {
  const weight = (name: string) => (name === 'revoked' ? 0 : name === 'ready' ? 1 : 2)
  return Object.entries(outcomes)
    .filter(([, rows]) => rows > 0)
    .sort(([one, few], [other, many]) => weight(one) - weight(other) || many - few)
}

/** Rows that came to nothing. */
export function failedRows(outcomes: Readonly<Record<string, number>>): number {
  return outcomesOf(outcomes)
    .filter(([name]) => name !== 'ready' && name !== 'revoked')
    .reduce((sum, [, rows]) => sum + rows, 0)
}
