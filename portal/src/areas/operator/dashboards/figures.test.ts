import { describe, expect, it } from 'vitest'
import type { Language } from '@/kit/dates'
import words from '../words'
import { figureText, isBad, limitsOf, linesOf, type Speech } from './figures'

function speech(language: Language): Speech {
  const units: Record<string, string> = words[language].dashboards.units
  return { language, unit: (name) => units[name] ?? '?' }
}

describe('figures', () => {
  it.each([
    [0, 's', '0 秒'],
    [0.000_25, 's', '250 微秒'],
    [0.0123, 's', '12.3 毫秒'],
    [1.5, 's', '1.5 秒'],
    [119, 's', '119 秒'],
    [300, 's', '5 分钟'],
    [7200, 's', '2 小时'],
    [2_592_000, 's', '30 天'],
    [12.34, 'ms', '12.3 毫秒'],
    [0, 'bytes', '0 B'],
    [1536, 'bytes', '1.5 KiB'],
    [5 * 1024 ** 3, 'bytes', '5 GiB'],
    [0.025, 'percentunit', '2.5%'],
    [3.14159, 'reqps', '3.14 次/秒'],
    [1234.5, 'short', '1,235'],
    [0.5, 'unknown', '0.5'],
  ])('%s %s is %s', (value, unit, text) => {
    expect(figureText(value, unit, speech('zh'))).toBe(text)
  })

  it('speak English too', () => {
    expect(figureText(2_592_000, 's', speech('en'))).toBe('30 d')
    expect(figureText(2, 'reqps', speech('en'))).toBe('2 req/s')
  })
})

describe('lines', () => {
  const figures = (values: (number | null)[]) => ({
    from_at: '2026-11-24T00:00:00Z',
    until_at: '2026-11-24T00:01:00Z',
    step_seconds: 15,
    series: [{ name: 'hours', values }],
    left_off: 0,
  })

  it('tell what is now, and the bounds of what there is', () => {
    expect(linesOf(figures([null, 1, 3, null, 2]))).toEqual([
      { name: 'hours', now: 2, least: 1, most: 3, mean: 2 },
    ])
  })

  it('do not pass off an old figure as the present one', () => {
    expect(linesOf(figures([1, 3, null]))[0]?.now).toBeNull()
  })
})

describe('thresholds', () => {
  const late = [
    { value: null, colour: 'green' },
    { value: 60, colour: 'red' },
  ]
  const short = [
    { value: null, colour: 'red' },
    { value: 1, colour: 'green' },
  ]

  it('say from which figure on something is wrong, or below which', () => {
    expect([59, 60, null].map((value) => isBad(value, late))).toEqual([false, true, false])
    expect([0, 1].map((value) => isBad(value, short))).toEqual([true, false])
    expect(isBad(5, [])).toBe(false)
    expect(limitsOf(late)).toEqual([60])
  })
})
