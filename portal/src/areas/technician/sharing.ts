/** The longest a share code may live. */
export const MOST_DAYS = 90
const DAY_MILLISECONDS = 86_400_000
const HENAN_MILLISECONDS = 8 * 3_600_000

/**
 * The address to hand on. The code stands behind `#`: a browser sends that to nobody, so it is in
 * no log and in no referrer.
 */
export function linkOf(code: string, origin: string): string {
  return `${origin}/check/share#${code}`
}

/** The last second of a day in Henan, as an instant. */
export function endOfDay(day: string): string {
  return new Date(Date.parse(`${day}T23:59:59Z`) - HENAN_MILLISECONDS).toISOString()
}

/** The day so many days from now, in Henan. */
export function dayFromNow(days: number, now: Date): string {
  return new Date(now.getTime() + HENAN_MILLISECONDS + days * DAY_MILLISECONDS)
    .toISOString()
    .slice(0, 10)
}

/** The last day that may be chosen: its end must lie within the longest time. */
export function lastDay(now: Date): string {
  return dayFromNow(MOST_DAYS - 1, now)
}

export type ShareState = 'open' | 'ended' | 'revoked'

export function shareState(share: { ends_at: string; revoked_at: string | null }, now: Date): ShareState {
  if (share.revoked_at) return 'revoked'
  return Date.parse(share.ends_at) <= now.getTime() ? 'ended' : 'open'
}

/** A code in the groups in which it is read aloud. */
export function codeGroups(code: string): string {
  return code.replace(/-/g, '').replace(/(.{4})(?=.)/g, '$1 ')
}
