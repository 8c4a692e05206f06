import type { components } from '@/api/generated/certificates'
import { Problem } from '@/api/problem'
import { WORK_KINDS, type WorkKind } from '@/authority/work'

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
