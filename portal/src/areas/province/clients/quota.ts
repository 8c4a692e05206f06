export const LEAST = 1
export const MOST = 1_000_000

/** The daily allowance somebody typed, or nothing when it is none. */
export function quotaOf(text: string): number | undefined {
  const compact = text.replaceAll(/[\s,，]/g, '')
  const number = /^\d{1,7}$/.test(compact) ? Number(compact) : 0
  return number >= LEAST && number <= MOST ? number : undefined
}
