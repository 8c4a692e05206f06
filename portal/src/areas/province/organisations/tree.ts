import { reactive, type Reactive } from 'vue'
import { asProblem, type Problem } from '@/api'
import type { Page, Wanted } from './organisations-api'
import { inOrder, type Organisation } from './rules'

/** What is known of the organisations directly below one. */
export interface Branch {
  items: Organisation[]
  cursor: string | undefined
  complete: boolean
  loading: boolean
  problem: Problem | undefined
}

/** Reads one page of organisations. */
export type ReadPage = (wanted: Wanted) => Promise<Page>

export type Tree = ReturnType<typeof makeTree>

/** A tree that is read branch by branch, page by page, as it is opened. */
export function makeTree(read: ReadPage) {
  const branches = reactive(new Map<string, Branch>())
  const open = reactive(new Set<string>())

  function branch(id: string): Reactive<Branch> {
    const known = branches.get(id)
    if (known) return known
    branches.set(id, {
      items: [],
      cursor: undefined,
      complete: false,
      loading: false,
      problem: undefined,
    })
    return branches.get(id) as Branch
  }

  async function loadMore(id: string): Promise<void> {
    const at = branch(id)
    if (at.loading || at.complete) return
    at.loading = true
    try {
      const page = await read({ parent: id, cursor: at.cursor })
      at.items = inOrder([...at.items, ...page.items])
      at.cursor = page.next_cursor ?? undefined
      at.complete = page.next_cursor === null
      at.problem = undefined
    } catch (thrown) {
      at.problem = asProblem(thrown)
    } finally {
      at.loading = false
    }
  }

  return {
    branch,
    isOpen: (id: string) => open.has(id),
    toggle: (id: string) => (open.has(id) ? open.delete(id) : open.add(id)),
    /** Open the way to an organisation. */
    openAll: (ids: readonly string[]) => ids.forEach((id) => open.add(id)),
    loadFirst: (id: string) => (branch(id).items.length ? Promise.resolve() : loadMore(id)),
    loadMore,
    /** Read a branch again from its beginning: something was added to it. */
    async renew(id: string): Promise<void> {
      branches.delete(id)
      open.add(id)
      await loadMore(id)
    },
  }
}
