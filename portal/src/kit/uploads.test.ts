import { describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { Problem } from '@/api/problem'
import { refusal, useUploads, type SendFile, type UploadRules } from './uploads'

const RULES: UploadRules = { accept: ['application/pdf', '.csv'], maxBytes: 10, maxFiles: 2 }
const pdf = (content = 'x', name = 'a.pdf') => new File([content], name, { type: 'application/pdf' })

function uploads(send: SendFile<string>) {
  const scope = effectScope()
  return { ...scope.run(() => useUploads(send, () => RULES))!, stop: () => scope.stop() }
}

test.each([
  [{ name: 'a.pdf', type: 'application/pdf', size: 1 }, ''],
  [{ name: 'A.CSV', type: '', size: 1 }, ''],
  [{ name: 'a.exe', type: 'application/x-msdownload', size: 1 }, 'portal.file_type'],
  [{ name: 'a.pdf', type: 'application/pdf', size: 0 }, 'portal.file_empty'],
  [{ name: 'a.pdf', type: 'application/pdf', size: 11 }, 'portal.file_too_large'],
])('what is not even sent', (file, code) => expect(refusal(file, RULES)).toBe(code))

describe('files of a form', () => {
  test('are sent when chosen, with their progress', async () => {
    const shares: number[] = []
    const { items, add } = uploads(async (file, { onProgress }) => {
      onProgress(0.5)
      shares.push(items[0]?.share ?? -1)
      return `stored ${file.name}`
    })
    await add([pdf()])
    expect(shares).toEqual([0.5])
    expect(items[0]).toMatchObject({ state: 'done', share: 1, result: 'stored a.pdf' })
  })

  test('are sent again under the same key', async () => {
    const keys: string[] = []
    const { items, add, retry } = uploads(async (_file, { key }) => {
      keys.push(key)
      if (keys.length === 1) throw new Problem(503, { code: 'hours.unavailable' })
      return 'stored'
    })
    await add([pdf()])
    expect(items[0]).toMatchObject({ state: 'failed', problem: { code: 'hours.unavailable' } })
    await retry(items[0]!.id)
    expect(items[0]?.state).toBe('done')
    expect(keys[0]).toBe(keys[1])
  })

  test('of the wrong kind, or too many, are told at once', async () => {
    const send = vi.fn<SendFile<string>>(async () => 'stored')
    const { items, add } = uploads(send)
    await add([pdf('x'.repeat(11)), pdf(), pdf(), pdf()])
    expect(items.map(({ problem }) => problem?.code)).toEqual([
      'portal.file_too_large',
      undefined,
      undefined,
      'portal.too_many_files',
    ])
    expect(send).toHaveBeenCalledTimes(2)
  })

  test('taken out are given up', async () => {
    let given: AbortSignal | undefined
    const { items, add, remove } = uploads(
      (_file, { signal }) =>
        new Promise((_resolve, reject) => {
          given = signal
          signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
        }),
    )
    const sending = add([pdf()])
    remove(items[0]!.id)
    await sending
    expect(items).toEqual([])
    expect(given?.aborted).toBe(true)
  })

  test('are given up with their page', async () => {
    let given: AbortSignal | undefined
    const { add, stop } = uploads((_file, { signal }) => {
      given = signal
      return new Promise(() => undefined)
    })
    void add([pdf()])
    stop()
    expect(given?.aborted).toBe(true)
  })
})
