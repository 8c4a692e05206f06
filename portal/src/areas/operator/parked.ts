import { answer, certificates, hours, identity, once, verify } from '@/api'
import { asProblem, type Problem } from '@/api/problem'
import type { components } from '@/api/generated/hours'

export type Queue = components['schemas']['ParkedQueue']
export type Message = components['schemas']['ParkedMessage']

/** The services with parking queues; their routes are the same. */
export const SERVICES = ['identity', 'hours', 'certificates', 'verify'] as const
export type Service = (typeof SERVICES)[number]

/** What one service says of its parked messages; a silent service does not hide the others. */
export interface Answer {
  service: Service
  queues: readonly Queue[]
  problem?: Problem
}

const LIMIT = 50

export async function parkedEverywhere(signal: AbortSignal): Promise<Answer[]> {
  return Promise.all(SERVICES.map((service) => ask(service, signal)))
}

async function ask(service: Service, signal: AbortSignal): Promise<Answer> {
  try {
    return { service, queues: (await list(service, signal)).queues }
  } catch (thrown) {
    signal.throwIfAborted()
    return { service, queues: [], problem: asProblem(thrown) }
  }
}

function list(service: Service, signal: AbortSignal): Promise<components['schemas']['ParkedOverview']> {
  const options = { params: { query: { limit: LIMIT } }, signal }
  if (service === 'identity') return answer(identity.GET('/api/identity/v1/parked', options))
  if (service === 'hours') return answer(hours.GET('/api/hours/v1/parked', options))
  if (service === 'verify') return answer(verify.GET('/api/verify/v1/parked', options))
  return answer(certificates.GET('/api/certificates/v1/parked', options))
}

export function replayMessage(key: string, service: Service, id: string) {
  const options = { params: { path: { message_id: id }, header: once(key) } }
  if (service === 'identity') return answer(identity.POST('/api/identity/v1/parked/{message_id}/replay', options))
  if (service === 'hours') return answer(hours.POST('/api/hours/v1/parked/{message_id}/replay', options))
  if (service === 'verify') return answer(verify.POST('/api/verify/v1/parked/{message_id}/replay', options))
  return answer(certificates.POST('/api/certificates/v1/parked/{message_id}/replay', options))
}

export function replayQueue(key: string, service: Service, queue: string) {
  const options = { params: { header: once(key) }, body: { queue } }
  if (service === 'identity') return answer(identity.POST('/api/identity/v1/parked/replay', options))
  if (service === 'hours') return answer(hours.POST('/api/hours/v1/parked/replay', options))
  if (service === 'verify') return answer(verify.POST('/api/verify/v1/parked/replay', options))
  return answer(certificates.POST('/api/certificates/v1/parked/replay', options))
}

/** How many messages are parked altogether. */
export function total(answers: readonly Answer[]): number {
  return answers.flatMap(({ queues }) => queues).reduce((sum, { count }) => sum + count, 0)
}

/** Key of the words that explain a reason; the program's own sentence is shown beside them. */
export function kindOfReason(reason: string): string {
  if (reason.startsWith('replay refused')) return 'replay_refused'
  if (reason.startsWith('broker:')) return 'broker'
  if (reason.startsWith('gave up after')) return reason.includes('Retry:') ? 'waited' : 'failed'
  if (/unknown (event type|envelope)/.test(reason)) return 'unknown'
  return /unreadable|CannotDecrypt/.test(reason) ? 'unreadable' : 'refused'
}
