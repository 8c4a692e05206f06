/** How long somebody has waited, in the unit that matters. */
export function ageOf(seconds: number): { key: 'days' | 'hours' | 'now'; n: number } {
  const days = Math.floor(seconds / 86_400)
  if (days >= 1) return { key: 'days', n: days }
  const hours = Math.floor(seconds / 3600)
  return hours >= 1 ? { key: 'hours', n: hours } : { key: 'now', n: 0 }
}
