import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { ref } from 'vue'
import ServerTable from './ServerTable.vue'

interface Row {
  id: string
  name: string
}

function table(more: Record<string, unknown> = {}) {
  const list = {
    rows: ref<Row[]>([
      { id: '1', name: '甲' },
      { id: '2', name: '乙' },
    ]),
    sort: ref(''),
    isLoaded: ref(true),
    loading: ref(false),
    problem: ref(undefined),
    number: ref(1),
    hasNext: ref(true),
    hasPrevious: ref(false),
    reload: vi.fn(),
    next: vi.fn(),
    previous: vi.fn(),
  }
  const page = mount(ServerTable<Row>, {
    props: {
      list,
      columns: [{ key: 'name', label: '姓名', sort: 'name' }],
      rowKey: (row: Row) => row.id,
      rowName: (row: Row) => row.name,
      caption: '人员',
      empty: '没有人员。',
      ...more,
    },
    slots: { bulk: '<i class="all" />' },
  })
  return { list, page }
}

test('a column is sorted by its head', async () => {
  const { list, page } = table()
  await page.find('.sort').trigger('click')
  expect([list.sort.value, page.find('th').attributes('aria-sort')]).toEqual(['name', 'ascending'])
  await page.find('.sort').trigger('click')
  expect([list.sort.value, page.find('th').attributes('aria-sort')]).toEqual(['-name', 'descending'])
})

test('rows are chosen one by one or all, and then something can be done with them', async () => {
  const { page } = table({ selectable: true })
  expect(page.find('.all').exists()).toBe(false)
  await page.findAll('tbody input')[1]?.setValue(true)
  expect(page.emitted('update:selected')?.at(-1)).toEqual([['2']])
  await page.find('thead input').setValue(true)
  expect(page.emitted('update:selected')?.at(-1)).toEqual([['1', '2']])
})

test('pages are turned, and an empty list says so', async () => {
  const { list, page } = table()
  await page.findAll('.pages button')[1]?.trigger('click')
  expect(list.next).toHaveBeenCalledTimes(1)
  list.rows.value = []
  await page.vm.$nextTick()
  expect(page.text()).toContain('没有人员。')
})
