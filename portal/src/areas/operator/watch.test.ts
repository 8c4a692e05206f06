import { describe, expect, it } from 'vitest'
import { Problem } from '@/api/problem'
import { countOf, watchOf, type Sources } from './watch'

const items = (n: number) => Array.from({ length: n }, () => ({})) as never[]
const sources = (changes: Partial<Sources> = {}): Sources => ({
  work: async () => ({ items: items(2), next_cursor: null }),
  head: async () => ({ size: 7 }) as never,
  parked: async () => 3,
  ...changes,
})

describe('what is watched', () => {
  it('counts each list, and says when there is more than a page', async () => {
    const seen = await watchOf(sources({ work: async () => ({ items: items(100), next_cursor: 'c' }) }))
    expect(seen.work.overdue).toBe('100+')
    expect(seen.parked).toBe(3)
    expect(countOf({ items: [], next_cursor: null })).toBe('0')
  })

  it('takes a log that has not been signed yet for what it is', async () => {
    const none = async () => {
      throw new Problem(404, {})
    }
    expect((await watchOf(sources({ head: none }))).head).toBeUndefined()
    const away = async () => {
      throw new Problem(503, {})
    }
    await expect(watchOf(sources({ head: away }))).rejects.toMatchObject({ status: 503 })
  })
})
