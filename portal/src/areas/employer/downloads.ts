/** Bulk downloads as the service keeps them: a reload shows them again. */

import { onScopeDispose, ref } from 'vue'
import { answer, asProblem, certificates, once, type CertificatesApi, type Problem } from '@/api'

export type Download = CertificatesApi.components['schemas']['DownloadView']
export type DownloadOrder = CertificatesApi.components['schemas']['DownloadOrder']

const PAUSE_MILLISECONDS = 2000
const SHOWN = 10

export function order(key: string, body: DownloadOrder): Promise<Download> {
  return answer(certificates.POST('/api/certificates/v1/downloads', { headers: once(key), body }))
}

export function isMoving(job: Download): boolean {
  return job.state === 'waiting' || job.state === 'working'
}

/** The caller's jobs, newest first; asked again while one of them is under way. */
export function useDownloads() {
  const jobs = ref<Download[]>()
  const problem = ref<Problem>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false

  async function reload(): Promise<void> {
    clearTimeout(timer)
    try {
      const params = { query: { limit: SHOWN } }
      jobs.value = (await answer(certificates.GET('/api/certificates/v1/downloads', { params }))).items
      problem.value = undefined
    } catch (thrown) {
      problem.value = asProblem(thrown)
    }
    if (!over && jobs.value?.some(isMoving)) timer = setTimeout(() => void reload(), PAUSE_MILLISECONDS)
  }

  onScopeDispose(() => {
    over = true
    clearTimeout(timer)
  })
  return { jobs, problem, reload }
}
