import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fetchRest, nothingYet, percent } from './resumable'

const FILE = 'x'.repeat(9 * 1024 * 1024)
let asked: (string | null)[]
let failing: number

beforeEach(() => {
  asked = []
  failing = 0
  vi.stubGlobal('fetch', async (request: Request) => {
    const range = request.headers.get('range')
    asked.push(range)
    if (failing === asked.length) throw new TypeError('network')
    const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(range ?? '') ?? []
    const changed = request.headers.get('if-range') === '"old"'
    const body = changed ? FILE : FILE.slice(Number(from), Number(to) + 1)
    return new Response(body, { status: changed ? 200 : 206, headers: { etag: '"new"' } })
  })
})

const fetchAll = (kept = nothingYet(), seen: number[] = []) =>
  fetchRest('/file', FILE.length, kept, new AbortController().signal, (now) => seen.push(now))

describe('a large file', () => {
  it('comes in parts and is whole', async () => {
    const seen: number[] = []
    const blob = await fetchAll(nothingYet(), seen)
    expect(blob.size).toBe(FILE.length)
    expect(asked).toHaveLength(3)
    expect(seen.at(-1)).toBe(FILE.length)
  })

  it('goes on where the connection was lost', async () => {
    failing = 2
    const kept = nothingYet()
    await expect(fetchAll(kept)).rejects.toThrow()
    expect(kept.received).toBe(4 * 1024 * 1024)
    const blob = await fetchAll(kept)
    expect(blob.size).toBe(FILE.length)
    expect(asked.filter((range) => range?.startsWith('bytes=0-'))).toHaveLength(1)
  })

  it('begins anew when the file has changed', async () => {
    const kept = { parts: [new Blob(['stale'])], received: 5, tag: '"old"' }
    const blob = await fetchAll(kept)
    expect(blob.size).toBe(FILE.length)
  })
})

it('tells a share in whole percent', () => {
  expect(percent(1, 3)).toBe(33)
  expect(percent(0, 0)).toBe(0)
})
