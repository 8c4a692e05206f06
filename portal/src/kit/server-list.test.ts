import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { changed, turned, useServerList, type ListOptions, type ListQuery } from './server-list'

type Filter = 'state' | 'name'
type Load = (query: ListQuery<Filter>) => Promise<{ items: string[]; next_cursor: string | null }>

async function listAt(path: string, load: Load, more: Partial<ListOptions<string, Filter>> = {}) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => h('i') } }],
  })
  await router.push(path)
  let list!: ReturnType<typeof useServerList<string, Filter>>
  const Holder = defineComponent(() => {
    list = useServerList<string, Filter>({
      load,
      filters: { state: 'open', name: '' },
      secret: ['name'],
      sort: 'age',
      ...more,
    })
    return () => h('i')
  })
  const page = mount(Holder, { global: { plugins: [router] } })
  await flushPromises()
  return { list, router, page }
}

describe('a list of the server', () => {
  test('is asked for with what the address says', async () => {
    const load = vi.fn<Load>(async () => ({ items: ['a'], next_cursor: null }))
    const { list } = await listAt('/?state=closed&sort=-age', load)
    expect(load.mock.calls[0]?.[0]).toEqual({
      filters: { state: 'closed' },
      sort: '-age',
      cursor: undefined,
      limit: 20,
    })
    expect(list.rows.value).toEqual(['a'])
  })

  test('writes filters into the address, and what is usual leaves it', async () => {
    const load = vi.fn<Load>(async () => ({ items: [], next_cursor: null }))
    const { list, router } = await listAt('/?tab=2', load)
    list.filters.state = 'closed'
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/?tab=2&state=closed')
    list.filters.state = 'open'
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/?tab=2')
    expect(load).toHaveBeenCalledTimes(3)
  })

  test('never writes a name into the address', async () => {
    const load = vi.fn<Load>(async () => ({ items: [], next_cursor: null }))
    const { list, router } = await listAt('/', load)
    list.filters.name = '王小明'
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/')
    expect(load.mock.lastCall?.[0].filters).toEqual({ state: 'open', name: '王小明' })
  })

  test('turns pages, and begins again when the filter changes', async () => {
    const load = vi.fn<Load>(async ({ cursor }) => ({
      items: [cursor ?? 'first'],
      next_cursor: cursor ? null : 'second',
    }))
    const { list } = await listAt('/', load)
    await list.next()
    expect([list.rows.value, list.number.value, list.hasNext.value]).toEqual([['second'], 2, false])
    await list.previous()
    expect([list.rows.value, list.hasPrevious.value]).toEqual([['first'], false])
    await list.next()
    list.filters.state = ''
    await flushPromises()
    expect(load.mock.lastCall?.[0]).toMatchObject({ cursor: undefined, filters: {} })
  })

  test('keeps what it shows when the next page does not come', async () => {
    const load = vi.fn<Load>(async ({ cursor }) => {
      if (cursor) throw new TypeError('no network')
      return { items: ['a'], next_cursor: 'b' }
    })
    const { list } = await listAt('/', load)
    await list.next()
    expect(list.rows.value).toEqual(['a'])
    expect(list.problem.value?.code).toBe('portal.no_connection')
  })
})

test('a query keeps what belongs to others', () => {
  expect(changed({ a: '1', b: '2' }, 'a', '3', '')).toEqual({ a: '3', b: '2' })
  expect(changed({ a: '1', b: '2' }, 'a', '', '')).toEqual({ b: '2' })
})

test('a column is sorted up, down, then as usual', () => {
  expect(turned('', 'age', '')).toBe('age')
  expect(turned('age', 'age', '')).toBe('-age')
  expect(turned('-age', 'age', '')).toBe('')
  expect(turned('-age', 'name', '')).toBe('name')
})
