import type { Grant } from '@/session'
import type { Seal } from './lanes'

/** Kinds of organisations that issue certificates, and so have a seal. */
export const ISSUING = ['prefecture', 'direct_county', 'provincial_department', 'province'] as const

/** The offices that a person may apply for: where he is the bureau's administrator and it issues. */
export function officesOf(grants: readonly Readonly<Grant>[]): Readonly<Grant>[] {
  return grants.filter(
    ({ role, organisation_kind }) => role === 'bureau_administrator' && ISSUING.some((kind) => kind === organisation_kind),
  )
}

/** The place in a bureau's name: what comes before 人力资源和社会保障局. */
export function placeOf(officeName: string): string {
  return officeName.replace(/人力资源(和|与)?社会保障(局|厅)$/, '')
}

export type Step = 'applied' | 'inspected' | 'drawn' | 'filed' | 'active'
export const STEPS: readonly Step[] = ['applied', 'inspected', 'drawn', 'filed', 'active']

/** How many of the steps are done. */
export function stepsDone(seal: Pick<Seal, 'state' | 'drawing_sha256'>): number {
  if (seal.state === 'applied' || seal.state === 'rejected') return 1
  if (seal.state === 'inspected') return seal.drawing_sha256 ? 3 : 2
  return STEPS.length
}
