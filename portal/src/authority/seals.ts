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

// What a bureau's name ends in after its place; escaped, because words stand in words.ts alone.
const BUREAU = /\u4eba\u529b\u8d44\u6e90(\u548c|\u4e0e)?\u793e\u4f1a\u4fdd\u969c(\u5c40|\u5385)$/

/** The place in a bureau's name. */
export function placeOf(officeName: string): string {
  return officeName.replace(BUREAU, '')
}

export type Step = 'applied' | 'inspected' | 'drawn' | 'filed' | 'active'
export const STEPS: readonly Step[] = ['applied', 'inspected', 'drawn', 'filed', 'active']

/** How many of the steps are done. */
export function stepsDone(seal: Pick<Seal, 'state' | 'drawing_sha256'>): number {
  if (seal.state === 'applied' || seal.state === 'rejected') return 1
  if (seal.state === 'inspected') return seal.drawing_sha256 ? 3 : 2
  return STEPS.length
}
