import { reactive } from 'vue'
import { asProblem, type Problem } from '@/api'

/** How far something done to many is. */
export interface Bulk {
  busy: boolean
  total: number
  done: number
  /** What was refused, by what it was done to. */
  refused: { id: string; problem: Problem }[]
}

/**
 * Does one thing to many, one after the other. What is refused is told at the end and stops nobody
 * else; when the connection is lost the rest is left alone. A key stays with its row until the
 * outcome is known, so doing all again does nothing twice.
 */
export function useBulk(act: (key: string, id: string) => Promise<unknown>) {
  const state = reactive<Bulk>({ busy: false, total: 0, done: 0, refused: [] })
  const keys = new Map<string, string>()

  async function run(ids: readonly string[]): Promise<string[]> {
    if (state.busy) return [...ids]
    Object.assign(state, { busy: true, total: ids.length, done: 0, refused: [] })
    const left = new Set(ids)
    for (const id of ids) {
      const problem = await attempt(id)
      if (!problem) left.delete(id)
      else state.refused.push({ id, problem })
      state.done += 1
      if (problem?.isOutcomeUnknown) break
    }
    state.busy = false
    return [...left]
  }

  async function attempt(id: string): Promise<Problem | undefined> {
    const key = keys.get(id) ?? crypto.randomUUID()
    keys.set(id, key)
    try {
      await act(key, id)
      keys.delete(id)
      return undefined
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (!problem.isOutcomeUnknown) keys.delete(id)
      return problem
    }
  }

  return { state, run }
}
