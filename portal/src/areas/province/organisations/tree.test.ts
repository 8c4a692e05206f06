import { describe, expect, test, vi } from 'vitest'
import { Problem } from '@/api'
import type { Page, Wanted } from './organisations-api'
import type { Organisation } from './rules'
import { makeTree } from './tree'

function organisation(name: string): Organisation {
  return { organisation_id: name, kind: 'county', name, code: null, parent_id: 'top', parent_name: null }
}

function pages(...answers: (Page | Error)[]) {
  return vi.fn((_: Wanted) => {
    const next = answers.shift()
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as Page)
  })
}

const names = (tree: ReturnType<typeof makeTree>) => tree.branch('top').items.map((one) => one.name)

describe('a branch', () => {
  test('is read page by page until there is no more', async () => {
    const read = pages(
      { items: [organisation('a')], next_cursor: 'c' },
      { items: [organisation('b')], next_cursor: null },
    )
    const tree = makeTree(read)
    await tree.loadFirst('top')
    await tree.loadMore('top')
    await tree.loadMore('top')
    expect(names(tree)).toEqual(['a', 'b'])
    expect(read.mock.calls.map(([wanted]) => wanted.cursor)).toEqual([undefined, 'c'])
  })

  test('keeps what it has when a page fails, and goes on from there', async () => {
    const read = pages(
      { items: [organisation('a')], next_cursor: 'c' },
      new Problem(503, { code: 'x' }),
      { items: [organisation('b')], next_cursor: null },
    )
    const tree = makeTree(read)
    await tree.loadFirst('top')
    await tree.loadMore('top')
    expect(tree.branch('top').problem?.code).toBe('x')
    expect(names(tree)).toEqual(['a'])
    await tree.loadMore('top')
    expect(tree.branch('top').problem).toBeUndefined()
    expect(names(tree)).toEqual(['a', 'b'])
  })

  test('is read again after something was added', async () => {
    const read = pages(
      { items: [organisation('a')], next_cursor: null },
      { items: [organisation('a'), organisation('new')], next_cursor: null },
    )
    const tree = makeTree(read)
    await tree.loadFirst('top')
    await tree.renew('top')
    expect(names(tree)).toEqual(['a', 'new'])
    expect(tree.isOpen('top')).toBe(true)
  })

  test('is asked for once when it is opened twice at once', async () => {
    const read = pages({ items: [organisation('a')], next_cursor: null })
    const tree = makeTree(read)
    await Promise.all([tree.loadFirst('top'), tree.loadFirst('top')])
    expect(read).toHaveBeenCalledTimes(1)
  })
})
