import { expect, it } from 'vitest'
import { codeGroups, dayFromNow, endOfDay, lastDay, linkOf, shareState } from './sharing'

const NOW = new Date('2026-11-23T02:00:00Z')

it('keeps the code out of what a browser sends', () => {
  const link = new URL(linkOf('7K3M9QX2ABCD', 'https://host'))
  expect(link.pathname + link.search).toBe('/check/share')
  expect(link.hash).toBe('#7K3M9QX2ABCD')
})

it('ends with the chosen day in Henan, within the longest time', () => {
  expect(endOfDay('2026-11-30')).toBe('2026-11-30T15:59:59.000Z')
  expect(dayFromNow(0, new Date('2026-11-23T16:30:00Z'))).toBe('2026-11-24')
  const latest = Date.parse(endOfDay(lastDay(NOW))) - NOW.getTime()
  expect(latest).toBeLessThanOrEqual(90 * 86_400_000)
  expect(latest).toBeGreaterThan(88 * 86_400_000)
})

it('tells whether a code still opens anything', () => {
  const ends_at = '2026-12-01T00:00:00Z'
  expect(shareState({ ends_at, revoked_at: null }, NOW)).toBe('open')
  expect(shareState({ ends_at: '2026-11-01T00:00:00Z', revoked_at: null }, NOW)).toBe('ended')
  expect(shareState({ ends_at, revoked_at: '2026-11-22T00:00:00Z' }, NOW)).toBe('revoked')
})

it('is read aloud in groups', () => {
  expect(codeGroups('7K3M9QX2ABCD')).toBe('7K3M 9QX2 ABCD')
})
