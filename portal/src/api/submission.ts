import { readonly, ref, shallowRef } from 'vue'
import { asProblem, isAborted, type Problem } from './problem'

/**
 * One thing a person submits. The key stays the same while the outcome is unknown and what is
 * sent is the same, so pressing again after a lost connection never does a thing twice.
 */
export function useSubmission<Sent extends unknown[], Result>(
  send: (key: string, ...sent: Sent) => Promise<Result>,
) {
  const busy = ref(false)
  const problem = shallowRef<Problem>()
  let pending: { key: string; content: string } | undefined

  async function submit(...sent: Sent): Promise<Result | undefined> {
    if (busy.value) return undefined
    busy.value = true
    problem.value = undefined
    const content = JSON.stringify(sent)
    if (pending?.content !== content) pending = { key: crypto.randomUUID(), content }
    try {
      const result = await send(pending.key, ...sent)
      pending = undefined
      return result
    } catch (thrown) {
      if (isAborted(thrown)) return undefined
      problem.value = asProblem(thrown)
      if (!problem.value.isOutcomeUnknown) pending = undefined
      return undefined
    } finally {
      busy.value = false
    }
  }

  function clear(): void {
    problem.value = undefined
  }

  return { submit, clear, busy: readonly(busy), problem }
}
