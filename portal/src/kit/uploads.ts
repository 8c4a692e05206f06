import { onScopeDispose, reactive } from 'vue'
import { asProblem, isAborted, Problem } from '@/api/problem'

/** How a file is sent: `key` stays the same when it is sent again. */
export type SendFile<Result> = (
  file: File,
  options: { key: string; onProgress: (share: number) => void; signal: AbortSignal },
) => Promise<Result>

/** One file on its way, or there, or refused. */
export interface UploadItem<Result> {
  id: string
  file: File
  state: 'sending' | 'done' | 'failed'
  /** From 0 to 1. */
  share: number
  problem: Problem | undefined
  result: Result | undefined
}

export interface UploadRules {
  /** Media types, `image/png`, or ends of names, `.csv`. */
  accept: readonly string[]
  maxBytes: number
  maxFiles: number
}

export const WRONG_TYPE = 'portal.file_type'
export const TOO_LARGE = 'portal.file_too_large'
export const EMPTY_FILE = 'portal.file_empty'
export const TOO_MANY = 'portal.too_many_files'

/** Return the code of why a file is not even sent, or nothing. */
export function refusal(file: Pick<File, 'name' | 'type' | 'size'>, rules: UploadRules): string {
  const name = file.name.toLowerCase()
  const fits = rules.accept.some((one) => (one.startsWith('.') ? name.endsWith(one) : file.type === one))
  if (!fits) return WRONG_TYPE
  if (file.size === 0) return EMPTY_FILE
  return file.size > rules.maxBytes ? TOO_LARGE : ''
}

/** The files of one form field: sent as soon as they are chosen, each with its own progress. */
export function useUploads<Result>(send: SendFile<Result>, rules: () => UploadRules) {
  const items = reactive<UploadItem<Result>[]>([]) as UploadItem<Result>[]
  const running = new Map<string, AbortController>()

  async function add(files: Iterable<File>): Promise<void> {
    await Promise.all([...files].map((file) => take(file)))
  }

  async function take(file: File): Promise<void> {
    const item: UploadItem<Result> = {
      id: crypto.randomUUID(),
      file,
      state: 'failed',
      share: 0,
      problem: undefined,
      result: undefined,
    }
    const held = items.filter(({ state }) => state !== 'failed').length
    const code = held >= rules().maxFiles ? TOO_MANY : refusal(file, rules())
    if (code) item.problem = new Problem(-1, { code })
    items.push(item)
    if (!code) await start(item.id)
  }

  async function start(id: string): Promise<void> {
    // Looked up, because only what comes out of the reactive list is watched.
    const item = items.find((one) => one.id === id)
    if (!item) return
    const control = new AbortController()
    running.set(id, control)
    Object.assign(item, { state: 'sending', share: 0, problem: undefined })
    try {
      const onProgress = (share: number) => (item.share = share)
      item.result = await send(item.file, { key: id, onProgress, signal: control.signal })
      Object.assign(item, { state: 'done', share: 1 })
    } catch (thrown) {
      if (isAborted(thrown)) return
      Object.assign(item, { state: 'failed', problem: asProblem(thrown) })
    } finally {
      running.delete(id)
    }
  }

  /** Take a file out of the list; one that is on its way is given up. */
  function remove(id: string): void {
    running.get(id)?.abort()
    const place = items.findIndex((item) => item.id === id)
    if (place >= 0) items.splice(place, 1)
  }

  onScopeDispose(() => running.forEach((control) => control.abort()))
  return { items, add, remove, retry: start }
}
