import type { Certificate, Intent } from './types'

/** Where a certificate is on its way, in the words of its owner. */
export interface Progress {
  /** Key of the words below `technician.progress`. */
  key: string
  tone: 'going' | 'waiting' | 'stopped'
  position?: number
  since?: string | null
  expectedAt?: string | null
  /** A sentence from the service: what has to be done. */
  task?: string | null
  reason?: string | null
}

const UNDER_WAY = new Set(['planned', 'parked', 'rendered', 'sealing', 'quarantined'])

/** The intents that still lead to a certificate, the newest of each year. */
export function underWay(intents: readonly Intent[]): Map<number, Intent> {
  const found = new Map<number, Intent>()
  for (const intent of intents) {
    const known = found.get(intent.year)
    if (UNDER_WAY.has(intent.state) && !(known && known.completion >= intent.completion)) {
      found.set(intent.year, intent)
    }
  }
  return found
}

export function progressOf(intent: Intent): Progress {
  switch (intent.state) {
    case 'parked':
      return { key: 'parked', tone: 'stopped', task: intent.task, reason: intent.reason_code }
    case 'quarantined':
      return { key: 'quarantined', tone: 'stopped', task: intent.task }
    case 'planned':
      return { key: 'planned', tone: 'going' }
    default:
      return inLane(intent)
  }
}

function inLane(intent: Intent): Progress {
  const lane = intent.lane
  if (!lane) return { key: 'sealing', tone: 'going' }
  const place = {
    position: lane.position,
    since: lane.since,
    expectedAt: lane.expected_at,
    reason: lane.refusal ?? lane.reason,
  }
  if (lane.state === 'flowing') return { key: 'sealing', tone: 'going', ...place }
  return { key: `lane_${lane.state}`, tone: lane.state === 'waiting' ? 'waiting' : 'stopped', ...place }
}

/** The certificate to show for each year: the one in force, else the newest. */
export function newestByYear(found: readonly Certificate[]): Certificate[] {
  const byYear = new Map<number, Certificate>()
  for (const one of found) {
    const known = byYear.get(one.year)
    if (!known || one.version > known.version) byYear.set(one.year, one)
  }
  return [...byYear.values()].sort((a, b) => b.year - a.year)
}
