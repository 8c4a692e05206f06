/** Legal days, years and clock times of the province, wherever the reader's device is. */
export const ZONE = 'Asia/Shanghai'

const LOCALES = { zh: 'zh-CN', en: 'en-GB' } as const
export type Language = keyof typeof LOCALES

const FORMS = {
  day: { year: 'numeric', month: 'long', day: 'numeric' },
  minute: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false },
} satisfies Record<string, Intl.DateTimeFormatOptions>
export type Form = keyof typeof FORMS

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Return a day (`2026-03-02`) or an instant as people write it; what is no date comes back as it is. */
export function dateText(value: string, form: Form, language: Language): string {
  // A day has no zone: at noon it is the same day everywhere in the province.
  const date = new Date(DAY.test(value) ? `${value}T12:00:00+08:00` : value)
  if (Number.isNaN(date.getTime())) return value
  return new Intl.DateTimeFormat(LOCALES[language], { ...FORMS[form], timeZone: ZONE }).format(date)
}

/** The legal year now. */
export function currentYear(now: Date = new Date()): number {
  return Number(new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: ZONE }).format(now))
}

/** Today as `YYYY-MM-DD`, for date fields. */
export function today(now: Date = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(now)
}

/** Whole days from an instant until now, never less than none. */
export function daysSince(value: string, now: Date = new Date()): number {
  return Math.max(0, Math.floor((now.getTime() - new Date(value).getTime()) / 86_400_000))
}
