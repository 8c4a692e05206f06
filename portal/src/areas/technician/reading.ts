import { answer, certificates, hours } from '@/api'
import type { Intent } from './types'

// What several pages of a technician read, in one place.

/** The person's certificates on their way or made; a person has few, one page holds them. */
export async function ownIntents(signal: AbortSignal): Promise<readonly Intent[]> {
  const query = { limit: 100 }
  const path = '/api/certificates/v1/intents'
  return (await answer(certificates.GET(path, { params: { query }, signal }))).items
}

/** All certificates of the person, in every version. */
export async function ownCertificates(signal: AbortSignal) {
  const query = { limit: 100 }
  const path = '/api/certificates/v1/certificates'
  return (await answer(certificates.GET(path, { params: { query }, signal }))).items
}

export function oneYear(year: number, signal: AbortSignal) {
  return answer(hours.GET('/api/hours/v1/years/{year}', { params: { path: { year } }, signal }))
}

export function allYears(signal: AbortSignal) {
  return answer(hours.GET('/api/hours/v1/years', { signal }))
}

/** The listed reasons of reviewers, by their codes. */
export async function reasonTexts(signal: AbortSignal): Promise<Record<string, string>> {
  const listed = await answer(hours.GET('/api/hours/v1/reason-codes', { signal }))
  return Object.fromEntries(listed.map((reason) => [reason.code, reason.text]))
}

export function oneClaim(claim_id: string, signal: AbortSignal) {
  const path = '/api/hours/v1/claims/{claim_id}'
  return answer(hours.GET(path, { params: { path: { claim_id } }, signal }))
}
