/** One claim on the bench: opened, taken into hand, decided, and the next one behind it. */

import { computed, onScopeDispose, ref, watch } from 'vue'
import { useRoute, useRouter, type RouteLocationRaw } from 'vue-router'
import { asProblem, useLoading, useSubmission, type Problem } from '@/api'
import { decide, giveBack, neighbour, oneReview, take, type Assignment } from './calls'
import { readFilters, type Step } from './filters'
import type { DecisionBody } from './verdict'

const AUTO = 'yuzheng.review.take'

/** What has just happened, for the page to say. */
export type Happened = { what: 'decided'; body: DecisionBody; title: string; more: boolean } | { what: 'start' | 'end' }

export function useBench(step: Step, bench: string, claimId: () => string) {
  const route = useRoute()
  const router = useRouter()
  const filters = computed(() => readFilters(route.query))
  const assignment = ref<Assignment | null>(null)
  const holdProblem = ref<Problem>()
  const happened = ref<Happened>()
  const autoTake = ref(localStorage.getItem(AUTO) !== 'off')
  const { data: claim, loading, problem, reload } = useLoading((signal) => oneReview(claimId(), signal))
  const decision = useSubmission((key, id: string, body: DecisionBody) => decide(key, id, body))
  let moving = false

  const waits = computed(() => claim.value?.step === step)
  const fresh = computed(() => claim.value?.claim_id === claimId())
  const barred = computed(() => Boolean(assignment.value && !assignment.value.mine))

  async function open(): Promise<void> {
    decision.clear()
    holdProblem.value = undefined
    assignment.value = null
    await reload()
    assignment.value = claim.value?.assignment ?? null
    if (fresh.value && waits.value && autoTake.value && !barred.value) await takeIt()
  }

  async function takeIt(): Promise<void> {
    const id = claimId()
    try {
      const taken = await take(id)
      if (id === claimId()) assignment.value = taken
    } catch (thrown) {
      if (id !== claimId()) return
      holdProblem.value = asProblem(thrown)
      await reload()
      assignment.value = claim.value?.assignment ?? null
    }
  }

  async function giveItBack(id: string = claimId()): Promise<void> {
    if (!assignment.value?.mine) return
    assignment.value = null
    await giveBack(id).catch(() => undefined)
  }

  function place(id: string): RouteLocationRaw {
    return { name: bench, params: { claimId: id }, query: route.query }
  }

  /** Go to the claim behind or before this one; tells when there is none. */
  async function move(direction: 'next' | 'previous'): Promise<boolean> {
    const cursor = claim.value?.cursor
    if (!cursor || moving) return false
    moving = true
    happened.value = undefined
    try {
      const found = await neighbour(step, filters.value, cursor, direction)
      if (!found) {
        happened.value = { what: direction === 'next' ? 'end' : 'start' }
        return false
      }
      await router.replace(place(found.claim_id))
      return true
    } catch (thrown) {
      holdProblem.value = asProblem(thrown)
      return false
    } finally {
      moving = false
    }
  }

  /** Send the decision; afterwards the next claim opens by itself. */
  async function send(body: DecisionBody): Promise<void> {
    const { title = '' } = claim.value ?? {}
    const decided = await decision.submit(claimId(), body)
    if (!decided) return
    assignment.value = null
    const more = await move('next')
    if (!more) await reload()
    happened.value = { what: 'decided', body, title, more }
  }

  watch(autoTake, (on) => localStorage.setItem(AUTO, on ? 'on' : 'off'))
  watch(claimId, async (_, left) => {
    void giveItBack(left)
    await open()
  })
  onScopeDispose(() => void giveItBack(claim.value?.claim_id))

  return {
    claim,
    loading,
    problem,
    filters,
    assignment,
    barred,
    waits,
    fresh,
    holdProblem,
    happened,
    autoTake,
    busy: decision.busy,
    refused: decision.problem,
    takeIt,
    giveItBack,
    move,
    send,
    open,
  }
}
