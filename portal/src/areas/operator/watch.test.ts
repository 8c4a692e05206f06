import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Problem } from '@/api/problem'
import { countOf, MEASURED, watchOf, type Sources } from './watch'
import words from './words'

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

describe('what is measured', () => {
  it('is what the contract lists, each with its words', () => {
    const contract = readFileSync(`${import.meta.dirname}/../../../../contracts/telemetry/metrics.yaml`, 'utf8')
    const named = [...contract.matchAll(/^(yuzheng\.[a-z_.]+):/gm)].map((found) => found[1])
    expect([...MEASURED].sort()).toEqual(named.sort())
    for (const name of MEASURED) {
      expect(words.zh.watch.metrics).toHaveProperty(name.replaceAll('.', '_'))
      expect(words.en.watch.metrics).toHaveProperty(name.replaceAll('.', '_'))
    }
  })
})
