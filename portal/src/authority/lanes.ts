import type { components } from '@/api/generated/certificates'

export type Seal = components['schemas']['SealView']
export type Lane = components['schemas']['LaneView']
export type LaneState = components['schemas']['LaneState']

/** What a lane's state means to somebody who waits for it. */
export function toneOfLane(state: LaneState): 'good' | 'warning' | 'bad' {
  if (state === 'flowing') return 'good'
  return state === 'waiting' ? 'warning' : 'bad'
}

/** Which sentence tells a clerk how it stands: is somebody to do something, or only to wait? */
export function sentenceOf(lane: Lane): string {
  if (lane.state !== 'flowing') return `authority.lane.says.${lane.state}`
  if (lane.waiting === 0 && lane.in_hand === 0) return 'authority.lane.says.idle'
  return lane.failures > 0 ? 'authority.lane.says.slow' : 'authority.lane.says.busy'
}

/** Minutes until the queue is done at the pace of the last minute; nothing while nobody can tell. */
export function minutesLeft(lane: Lane): number | undefined {
  if (lane.state !== 'flowing' || lane.waiting === 0 || lane.documents_last_minute === 0) return undefined
  return Math.max(1, Math.ceil(lane.waiting / lane.documents_last_minute))
}

/** Whole days until a seal's certificate ends; negative afterwards. */
export function daysUntil(instant: string | null, now: Date = new Date()): number | undefined {
  if (!instant) return undefined
  return Math.floor((new Date(instant).getTime() - now.getTime()) / 86_400_000)
}

/** Lanes that need somebody come first, then the longest queues. */
export function inOrder(seals: readonly Seal[]): Seal[] {
  const weight: Record<LaneState, number> = { stopped: 0, expired: 1, waiting: 2, flowing: 3 }
  return seals
    .filter((seal) => seal.lane)
    .sort((one, other) => {
      const [first, second] = [one.lane as Lane, other.lane as Lane]
      return weight[first.state] - weight[second.state] || second.waiting - first.waiting
    })
}
