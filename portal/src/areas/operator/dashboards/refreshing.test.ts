import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { useRefreshing } from './refreshing'

const action = vi.fn()
const Page = defineComponent({
  setup() {
    useRefreshing(action, 30_000)
    return () => null
  },
})

function look(hidden: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden)
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('a page that refreshes itself', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    action.mockClear()
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  it('asks while it is looked at, and not when it is gone', () => {
    const page = mount(Page)
    vi.advanceTimersByTime(60_000)
    expect(action).toHaveBeenCalledTimes(2)
    page.unmount()
    vi.advanceTimersByTime(60_000)
    expect(action).toHaveBeenCalledTimes(2)
  })

  it('asks nothing while hidden, and at once when it is late', () => {
    const page = mount(Page)
    look(true)
    vi.advanceTimersByTime(120_000)
    expect(action).not.toHaveBeenCalled()
    look(false)
    expect(action).toHaveBeenCalledTimes(1)
    page.unmount()
  })
})
