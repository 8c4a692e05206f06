import type { components } from '@/api/generated/certificates'

export type WorkItem = components['schemas']['WorkItem']
export type Intent = components['schemas']['IntentView']
export type WorkKind = WorkItem['kind']

/** The lists of work, what alarms first. */
export const WORK_KINDS: readonly WorkKind[] = [
  'overdue',
  'quarantined',
  'parked',
  'orphans',
  'omissions',
  'logs',
  'acknowledged',
]

/** What may be looked into and closed with a reason: signatures, not documents. */
export function canAcknowledge(kind: WorkKind): boolean {
  return kind === 'orphans' || kind === 'omissions'
}

/** Tell whether an intent may be sent on its way again; a quarantined one takes two people. */
export function canRetry(state: string): boolean {
  return ['planned', 'parked', 'rendered', 'sealing'].includes(state)
}

/** Key of the sentence where an intent stands in its seal lane. */
export function placeSentence(intent: Intent): string {
  if (!intent.lane) return ''
  if (intent.lane.state !== 'flowing') return `authority.lane.says.${intent.lane.state}`
  return intent.lane.position > 0 ? 'authority.lane.place' : 'authority.lane.now'
}
