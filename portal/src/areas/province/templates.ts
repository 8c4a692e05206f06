import type { components } from '@/api/generated/certificates'

export type Template = components['schemas']['TemplateView']
export type Comparison = components['schemas']['ComparisonView']

/** How much of a picture differs, as people write it; a trace is not rounded away. */
export function shareText(changed: number, pixels: number): string {
  if (!pixels || !changed) return '0%'
  const share = (changed / pixels) * 100
  return share < 0.01 ? '<0.01%' : `${share.toFixed(2)}%`
}

/** Versions as they are listed: by form, then what needs a word first, then the newest. */
export function ordered(templates: readonly Template[]): Template[] {
  const weight: Record<Template['state'], number> = { proposed: 0, draft: 1, live: 2, retired: 3 }
  return [...templates].sort(
    (one, other) =>
      one.form.localeCompare(other.form) ||
      weight[one.state] - weight[other.state] ||
      other.version.localeCompare(one.version, undefined, { numeric: true }),
  )
}
