import type { components } from '@/api/generated/certificates'
import { Problem } from '@/api/problem'
import { WORK_KINDS, type WorkKind } from '@/authority/work'

/** Every metric of our own, as contracts/telemetry/metrics.yaml lists them. */
export const MEASURED = [
  'yuzheng.http.request.duration',
  'yuzheng.outbox.published',
  'yuzheng.outbox.failed',
  'yuzheng.bus.messages',
  'yuzheng.bus.message.duration',
  'yuzheng.verify.checks',
  'yuzheng.verify.checks.uncounted',
  'yuzheng.verify.status_list.age',
  'yuzheng.verify.deliveries',
  'yuzheng.lane.call.duration',
  'yuzheng.lane.documents',
  'yuzheng.canary.duration',
  'yuzheng.seal.signatures',
  'yuzheng.seal.token.duration',
  'yuzheng.loop.lag',
  'yuzheng.pool.size',
  'yuzheng.pool.used',
  'yuzheng.pool.wait',
  'yuzheng.documents.duration',
  'yuzheng.outbox.waiting',
  'yuzheng.outbox.age',
  'yuzheng.bus.parked',
  'yuzheng.bus.parked.age',
  'yuzheng.people',
  'yuzheng.affiliations.waiting',
  'yuzheng.affiliations.age',
  'yuzheng.log_in.failures',
  'yuzheng.claims.waiting',
  'yuzheng.claims.age',
  'yuzheng.claims.decided',
  'yuzheng.intents',
  'yuzheng.intents.age',
  'yuzheng.certificates',
  'yuzheng.issuance.duration',
  'yuzheng.lane.failing',
  'yuzheng.lane.waiting',
  'yuzheng.lane.waiting.age',
  'yuzheng.lane.canary.age',
  'yuzheng.lane.certificate.remaining',
  'yuzheng.log.omissions',
  'yuzheng.approvals.waiting',
  'yuzheng.verify.freshness.age',
  'yuzheng.verify.news.lag',
  'yuzheng.verify.deliveries.waiting',
  'yuzheng.verify.batches.open',
  'yuzheng.cache.up',
  'yuzheng.cache.memory',
  'yuzheng.cache.keys',
  'yuzheng.cache.clients',
  'yuzheng.cache.reads',
  'yuzheng.cache.commands',
  'yuzheng.database.commits',
  'yuzheng.database.rollbacks',
  'yuzheng.database.blocks.hit',
  'yuzheng.database.blocks.read',
  'yuzheng.database.deadlocks',
  'yuzheng.database.size',
  'yuzheng.database.sessions',
  'yuzheng.database.transaction.age',
  'yuzheng.database.server.connections',
  'yuzheng.database.server.connections.limit',
  'yuzheng.database.rows.dead',
  'yuzheng.database.rows.live',
] as const

type Head = components['schemas']['TreeHeadView']
type Page = Pick<components['schemas']['WorkPage'], 'items' | 'next_cursor'>

/** What the reconciler has found, list by list. */
export interface Watched {
  work: Record<WorkKind, string>
  head: Head | undefined
  parked: number
}

export interface Sources {
  work(kind: WorkKind): Promise<Page>
  head(): Promise<Head>
  parked(): Promise<number>
}

/** How many a page of work tells of; more pages are told by a plus. */
export function countOf(page: Page): string {
  return page.next_cursor ? `${page.items.length}+` : String(page.items.length)
}

export async function watchOf(sources: Sources): Promise<Watched> {
  const counted = Promise.all(WORK_KINDS.map(async (kind) => [kind, countOf(await sources.work(kind))] as const))
  const [work, head, parked] = await Promise.all([counted, signedHead(sources), sources.parked()])
  return { work: Object.fromEntries(work) as Watched['work'], head, parked }
}

/** The newest signed root; a new platform has none yet, which is no trouble. */
async function signedHead(sources: Sources): Promise<Head | undefined> {
  try {
    return await sources.head()
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status === 404) return undefined
    throw thrown
  }
}
