import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from '@/session'

/** Where the work pages are for this reader: operators have them in their own area. */
export function useWorkPlace() {
  const route = useRoute()
  const base = computed(() => (route.path.startsWith('/operator') ? '/operator' : '/bureau'))
  return { base }
}

/** What this reader may do; the services decide, the page only leaves closed doors out. */
export function useDuties() {
  const { roles, state } = useSession()
  const isProvince = computed(() => roles.value.includes('provincial_administrator'))
  const isBureau = computed(() => roles.value.includes('bureau_administrator'))
  return { account: computed(() => state.account), isProvince, isBureau, decides: computed(() => isProvince.value || isBureau.value) }
}
