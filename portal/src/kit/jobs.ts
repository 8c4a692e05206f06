import { onScopeDispose, shallowRef, type Ref } from 'vue'
import { asProblem, isAborted, type Problem } from '@/api/problem'

const FIRST_MILLISECONDS = 1000
const LONGEST_MILLISECONDS = 10_000
const SLOWER = 1.3

/**
 * Follow a job that runs at the service until `isOver`. The state is the service's, so a page that is
 * opened again just follows it again. A lost connection is told and asked again, more slowly.
 */
export function useJob<Job>(load: (signal: AbortSignal) => Promise<Job>, isOver: (job: Job) => boolean) {
  const job = shallowRef<Job>() as Ref<Job | undefined>
  const problem = shallowRef<Problem>()
  let control = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Begin (again) to follow. */
  async function follow(): Promise<void> {
    stop()
    control = new AbortController()
    await look(FIRST_MILLISECONDS, control)
  }

  async function look(pause: number, mine: AbortController): Promise<void> {
    try {
      const now = await load(mine.signal)
      if (mine.signal.aborted) return
      job.value = now
      problem.value = undefined
      if (isOver(now)) return
    } catch (thrown) {
      if (mine.signal.aborted || isAborted(thrown)) return
      problem.value = asProblem(thrown)
      // A refusal does not change by asking again.
      if (!problem.value.isOutcomeUnknown && problem.value.status !== 429) return
    }
    timer = setTimeout(() => void look(Math.min(pause * SLOWER, LONGEST_MILLISECONDS), mine), pause)
  }

  function stop(): void {
    control.abort()
    clearTimeout(timer)
  }

  onScopeDispose(stop)
  return { job, problem, follow, stop }
}

/** Share of what is done, from 0 to 1; nothing while the whole is not known. */
export function shareOf(done: number | null | undefined, total: number | null | undefined): number | undefined {
  if (done === null || done === undefined || !total) return undefined
  return Math.min(1, Math.max(0, done / total))
}
