import createClient from 'openapi-fetch'
import type { paths as CertificatesPaths } from './generated/certificates'
import type { paths as HoursPaths } from './generated/hours'
import type { paths as IdentityPaths } from './generated/identity'
import type { paths as PortalPaths } from './generated/portal'
import type { paths as VerifyPaths } from './generated/verify'
import { authorisedFetch, problemOf } from './transport'

// Requests stay on the own origin, whatever that is.
const options = { baseUrl: window.location.origin, fetch: authorisedFetch }

export const identity = createClient<IdentityPaths>(options)
export const hours = createClient<HoursPaths>(options)
export const certificates = createClient<CertificatesPaths>(options)
export const verify = createClient<VerifyPaths>(options)
/** The portal's own process: the dashboards. */
export const dashboards = createClient<PortalPaths>(options)

/** Return what a call answered; throw its `Problem` when it was refused. */
export async function answer<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw await problemOf(response, error)
  return data as T
}

/** The header of a state-changing call; `key` comes from `useSubmission`. */
export function once(key: string): { 'idempotency-key': string } {
  return { 'idempotency-key': key }
}
