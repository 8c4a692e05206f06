import type { VerifyApi } from '@/api'
import type { Tone } from './facts'

type Schemas = VerifyApi.components['schemas']
export type Report = Schemas['DocumentView']
export type Verdict = Report['verdict']

export const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = {
  genuine: 'good',
  altered: 'bad',
  foreign: 'bad',
  unreadable: 'open',
}

const OUTCOME_TONES: Readonly<Record<Schemas['DocumentCheck']['outcome'], Tone>> = {
  passed: 'good',
  failed: 'bad',
  absent: 'bad',
  not_checked: 'open',
}

/** What may be wrong with a file before it is sent. */
export type FileTrouble = 'not_pdf' | 'too_large' | 'empty'
export const MOST_BYTES = 2 * 1024 * 1024

/** Say at once what the service would refuse. */
export function troubleWith(file: Pick<File, 'name' | 'type' | 'size'>): FileTrouble | undefined {
  if (file.type !== 'application/pdf' && !/\.pdf$/i.test(file.name)) return 'not_pdf'
  if (file.size === 0) return 'empty'
  return file.size > MOST_BYTES ? 'too_large' : undefined
}

export function toneOf(check: Schemas['DocumentCheck']): Tone {
  return OUTCOME_TONES[check.outcome]
}

/** One fact of the report, and what the file's hidden record says when that is what differs. */
export interface Row {
  field: string
  label: string
  tone: Tone
  file: string | null
  registry: string
  places: Schemas['ComparedField']['places']
  /** The page and the attached record: what each says, where it differs. */
  said: { source: 'page' | 'record'; words: string }[]
}

/** Facts that differ first; the rest in the form's order. */
export function rowsOf(report: Report): Row[] {
  const rows = report.fields.map((one): Row => {
    const tones: Record<typeof one.outcome, Tone> = { same: 'good', differs: 'bad', not_found: 'open' }
    return {
      field: one.field,
      label: one.label,
      tone: tones[one.outcome],
      file: one.file,
      registry: one.registry,
      places: one.places,
      said: report.differences
        .filter((said) => said.field === one.field)
        .map((said) => ({ source: said.source, words: said.file })),
    }
  })
  return [...rows.filter((row) => row.tone === 'bad'), ...rows.filter((row) => row.tone !== 'bad')]
}

/** A box on a page's picture, in shares of the page so that it holds at every size. */
export interface Outline {
  id: string
  field: string
  label: string
  tone: Tone
  style: { left: string; top: string; width: string; height: string }
}

// A little air around the letters.
const MARGIN_POINTS = 3

/** The boxes on one page; a page without its size has none. */
export function outlinesOn(report: Report, page: number, rows: readonly Row[]): Outline[] {
  const size = report.pages[page]
  if (!size || size.width <= 0 || size.height <= 0) return []
  const share = (points: number, whole: number) => `${((points / whole) * 100).toFixed(3)}%`
  return rows.flatMap(({ field, label, tone, places }) =>
    places
      .filter((place) => place.page === page)
      .map(({ box: [left, top, right, bottom] }, index) => ({
        id: `${field}-${page}-${index}`,
        field,
        label,
        tone,
        style: {
          left: share(left - MARGIN_POINTS, size.width),
          top: share(top - MARGIN_POINTS, size.height),
          width: share(right - left + 2 * MARGIN_POINTS, size.width),
          height: share(bottom - top + 2 * MARGIN_POINTS, size.height),
        },
      })),
  )
}
