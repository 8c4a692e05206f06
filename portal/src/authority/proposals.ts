import type { components } from '@/api/generated/certificates'
import type { Account } from '@/session'

export type Approval = components['schemas']['ApprovalView']

/** The kinds that these pages can lay out; one they do not know is shown as it is. */
export const KINDS = [
  'certificate.revocation',
  'certificate.mass_revocation',
  'seal.filing',
  'seal.reinstatement',
  'template.release',
  'quarantine.decision',
  'seal_log.acknowledgement',
] as const
export type Kind = (typeof KINDS)[number]

/** Key of the words for a kind. */
export function wordOf(kind: string): string {
  return KINDS.some((one) => one === kind) ? kind.replaceAll('.', '_') : 'other'
}

/** Tell whether the proposal is the reader's own: such a one takes somebody else. */
export function isOwn(proposer: string, account: Pick<Account, 'account_id' | 'person_id'> | undefined): boolean {
  if (!account) return false
  // Two accounts of one person are one person.
  return proposer === (account.person_id ? `person:${account.person_id}` : `account:${account.account_id}`)
}

/** The last characters of who proposed: services know people by number, and two can be told apart by it. */
export function proposerMark(proposer: string): string {
  return proposer.slice(-6)
}

/** A text of the approved payload. */
export function textOf(approval: Approval, name: string): string {
  const value = approval.payload[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Days until a proposal lapses, counted up: the last day is 1. */
export function daysLeft(lapsesAt: string, now: Date = new Date()): number {
  return Math.max(0, Math.ceil((new Date(lapsesAt).getTime() - now.getTime()) / 86_400_000))
}
