import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import { asProblem, isAborted, type Problem } from './problem'

/** Something read from a service: what there is, whether it is on its way, and what went wrong. */
export function useLoading<T>(load: (signal: AbortSignal) => Promise<T>) {
  const data = shallowRef<T>() as Ref<T | undefined>
  const loading = ref(false)
  const problem = shallowRef<Problem>()
  let running: AbortController | undefined

  /** Load it (again); an earlier load that is still on its way is given up. */
  async function reload(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    loading.value = true
    try {
      const loaded = await load(mine.signal)
      if (running !== mine) return
      data.value = loaded
      problem.value = undefined
    } catch (thrown) {
      if (running === mine && !isAborted(thrown)) problem.value = asProblem(thrown)
    } finally {
      if (running === mine) loading.value = false
    }
  }

  onScopeDispose(() => running?.abort())
  return { data, loading, problem, reload }
}
