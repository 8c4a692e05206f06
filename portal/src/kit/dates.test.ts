import { describe, expect, test } from 'vitest'
import { currentYear, dateText, daysSince, today } from './dates'

describe('dates', () => {
  test('a day is that day', () => {
    expect(dateText('2026-03-02', 'day', 'zh')).toBe('2026年3月2日')
    expect(dateText('2026-03-02', 'day', 'en')).toBe('2 March 2026')
  })

  test('an instant is told in the time of the province', () => {
    expect(dateText('2026-11-23T16:30:00Z', 'minute', 'zh')).toBe('2026年11月24日 00:30')
    expect(dateText('2026-11-23T16:30:00Z', 'minute', 'en')).toBe('24 Nov 2026, 00:30')
    expect(dateText('2026-11-23T16:30:00Z', 'day', 'zh')).toBe('2026年11月24日')
  })

  test('what is no date is left as it is', () => {
    expect(dateText('soon', 'day', 'zh')).toBe('soon')
  })

  test('the legal year and day change at midnight of the province', () => {
    const newYear = new Date('2026-12-31T16:00:00Z')
    expect(currentYear(newYear)).toBe(2027)
    expect(today(newYear)).toBe('2027-01-01')
    expect(currentYear(new Date('2026-12-31T15:59:59Z'))).toBe(2026)
  })

  test('days since an instant', () => {
    const now = new Date('2026-11-23T12:00:00Z')
    expect(daysSince('2026-11-21T11:00:00Z', now)).toBe(2)
    expect(daysSince('2026-11-24T00:00:00Z', now)).toBe(0)
  })
})
