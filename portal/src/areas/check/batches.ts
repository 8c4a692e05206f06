import { onScopeDispose, watch } from 'vue'
import { answer, useLoading, verify, type VerifyApi } from '@/api'

export type Batch = VerifyApi.components['schemas']['BatchView']

const ASK_AGAIN_MILLISECONDS = 2_000
export const MOST_BYTES = 10 * 1024 * 1024
export type TableTrouble = 'not_table' | 'too_large' | 'empty'

/** Say at once what the service would refuse. */
export function troubleWith(file: Pick<File, 'name' | 'size'>): TableTrouble | undefined {
  if (!/\.(xlsx|csv)$/i.test(file.name)) return 'not_table'
  if (file.size === 0) return 'empty'
  return file.size > MOST_BYTES ? 'too_large' : undefined
}

export function isUnderWay(batch: Batch): boolean {
  return batch.state === 'waiting' || batch.state === 'running'
}

/** Return how far a batch is in whole per cent; it is never at 100 before its result is there. */
export function percentOf(batch: Batch): number {
  if (batch.state === 'finished') return 100
  if (!batch.rows) return 0
  return Math.min(99, Math.floor((batch.done / batch.rows) * 100))
}

/** The person's batches as the service has them, asked again while one is under way. */
export function useBatches() {
  const { data, loading, problem, reload } = useLoading(
    async (signal) => (await answer(verify.GET('/api/verify/v1/batches', { signal }))).batches,
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(loading, (now) => {
    clearTimeout(timer)
    if (!now && data.value?.some(isUnderWay)) timer = setTimeout(() => void reload(), ASK_AGAIN_MILLISECONDS)
  })
  onScopeDispose(() => clearTimeout(timer))
  void reload()
  return { batches: data, loading, problem, reload }
}
