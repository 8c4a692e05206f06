import type { Language } from '@/kit/dates'
import type { Figures, Panel } from './source'

const LOCALES = { zh: 'zh-CN', en: 'en-GB' } as const
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const
const SECOND = { from: 1, seconds: 1, name: 'second' }
// From which number of seconds on each is said, and how many of them it has.
const TIMES = [
  { from: 172_800, seconds: 86_400, name: 'day' },
  { from: 7200, seconds: 3600, name: 'hour' },
  { from: 120, seconds: 60, name: 'minute' },
  SECOND,
  { from: 0.001, seconds: 0.001, name: 'millisecond' },
  { from: 0, seconds: 0.000_001, name: 'microsecond' },
]

/** In which language, and with which words for units. */
export interface Speech {
  language: Language
  unit: (name: string) => string
}

/** A figure as people read it, in the unit that the dashboard's file names. */
export function figureText(value: number, unit: string, speech: Speech): string {
  const { language } = speech
  switch (unit) {
    case 's':
      return timeText(value, speech)
    case 'ms':
      return timeText(value / 1000, speech)
    case 'bytes':
      return bytesText(value, language)
    case 'percentunit':
      return `${plain(value * 100, language)}%`
    case 'reqps':
      return `${plain(value, language)} ${speech.unit('per_second')}`
    default:
      return plain(value, language)
  }
}

function plain(value: number, language: Language): string {
  const digits = Math.abs(value) >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }
  return new Intl.NumberFormat(LOCALES[language], digits).format(value)
}

function timeText(seconds: number, { language, unit }: Speech): string {
  const size = seconds === 0 ? SECOND : (TIMES.find((one) => Math.abs(seconds) >= one.from) ?? SECOND)
  return `${plain(seconds / size.seconds, language)} ${unit(size.name)}`
}

function bytesText(bytes: number, language: Language): string {
  const size = Math.min(Math.max(Math.floor(Math.log2(Math.abs(bytes) || 1) / 10), 0), BYTES.length - 1)
  return `${plain(bytes / 1024 ** size, language)} ${BYTES[size]}`
}

/** What one line comes to: its figure at the end of the span, if it has one there, and its bounds. */
export interface Line {
  name: string
  now: number | null
  least: number
  most: number
  mean: number
}

export function linesOf(figures: Figures): Line[] {
  return figures.series.map(({ name, values }) => {
    const there = values.filter((value) => value !== null)
    return {
      name,
      now: values.at(-1) ?? null,
      least: Math.min(...there),
      most: Math.max(...there),
      mean: there.reduce((sum, value) => sum + value, 0) / there.length,
    }
  })
}

/** True for a figure that wants somebody: the dashboard's file has it red. */
export function isBad(value: number | null, thresholds: Panel['thresholds']): boolean {
  if (value === null) return false
  return thresholds.findLast((one) => one.value === null || value >= one.value)?.colour === 'red'
}

/** The figures at which good turns into bad, or bad into good. */
export function limitsOf(thresholds: Panel['thresholds']): number[] {
  return thresholds.map((one) => one.value).filter((value) => value !== null)
}
