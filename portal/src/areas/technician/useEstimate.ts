import { onScopeDispose, ref, watch } from 'vue'
import { answer, hours, useLoading } from '@/api'
import { estimateOf, type Draft } from './claimForm'

const WAIT_MILLISECONDS = 350

/** Ask the service what a draft would count, a moment after the person stops typing. */
export function useEstimate(draft: Draft, today: string, mending?: string) {
  const ready = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const loaded = useLoading(async (signal) => {
    const asked = estimateOf(draft, today)
    if (!asked) return undefined
    const body = { ...asked, claim_id: mending ?? null }
    return answer(hours.POST('/api/hours/v1/claims/estimate', { body, signal }))
  })

  watch(
    () => JSON.stringify(estimateOf(draft, today) ?? null),
    (asked) => {
      clearTimeout(timer)
      ready.value = asked !== 'null'
      if (ready.value) timer = setTimeout(() => void loaded.reload(), WAIT_MILLISECONDS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { ...loaded, ready }
}
