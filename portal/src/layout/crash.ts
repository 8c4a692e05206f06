import { ref } from 'vue'

/** Set when a page broke; the shell then shows what to do instead of half a page. */
export const crashed = ref(false)

/** Vue's last resort: a fault of ours, not an answer of a service. */
export function noteCrash(fault: unknown): void {
  console.error(fault)
  crashed.value = true
}
