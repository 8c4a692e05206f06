import { onBeforeUnmount, onMounted } from 'vue'

/** Do something again and again while the page is looked at; once at its return if that is overdue. */
export function useRefreshing(action: () => unknown, everyMilliseconds: number): void {
  let timer: ReturnType<typeof setInterval> | undefined
  let last = Date.now()

  function act(): void {
    last = Date.now()
    void action()
  }

  function begin(): void {
    clearInterval(timer)
    if (document.hidden) return
    if (Date.now() - last >= everyMilliseconds) act()
    timer = setInterval(act, everyMilliseconds)
  }

  onMounted(() => {
    document.addEventListener('visibilitychange', begin)
    begin()
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', begin)
    clearInterval(timer)
  })
}
