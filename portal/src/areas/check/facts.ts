import type { VerifyApi } from '@/api'
import { dateText } from '@/kit/dates'
import { display } from '@/layout/display'

export type FoundCertificate = VerifyApi.components['schemas']['FoundCertificate']
export type State = FoundCertificate['state']
export type Tone = 'good' | 'bad' | 'open'

/** How a state is to be seen before it is read. */
export const TONES: Readonly<Record<State, Tone>> = {
  valid: 'good',
  suspended: 'open',
  superseded: 'open',
  revoked: 'bad',
}

/** Return an instant as the reader writes it, in Chinese time, to the minute. */
export function instantOf(iso: string): string {
  return dateText(iso, 'minute', display.language)
}

/** Return a day as the reader writes it. */
export function dayOf(iso: string): string {
  return dateText(iso, 'day', display.language)
}

export interface Check {
  key: 'state' | 'seal' | 'fresh'
  tone: Tone
}

/** Return what was checked of one certificate that was found, each with its own outcome. */
export function checksOf(one: FoundCertificate): Check[] {
  const seal: Record<FoundCertificate['seal'], Tone> = { active: 'good', suspended: 'bad', unknown: 'open' }
  return [
    { key: 'state', tone: TONES[one.state] },
    { key: 'seal', tone: seal[one.seal] },
    { key: 'fresh', tone: one.as_of ? 'good' : 'open' },
  ]
}
