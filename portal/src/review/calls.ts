/** What the review asks of the services. */

import { answer, hours, identity, once, type HoursApi } from '@/api'
import { asked, type QueueFilters, type Step } from './filters'
import type { DecisionBody } from './verdict'

type Schemas = HoursApi.components['schemas']
export type ReviewItem = Schemas['ReviewItem']
export type ReviewDetail = Schemas['ReviewDetail']
export type ReviewFigures = Schemas['ReviewFigures']
export type Assignment = Schemas['AssignmentOut']
export type BulkResult = Schemas['BulkDecisionOut']
export type BulkBody = Schemas['BulkDecisionIn']
export type ReasonCode = Schemas['ReasonCodeOut']
export type ActivityKind = Schemas['ActivityKindOut']

/** One page of the queue behind `cursor`. */
export function queuePage(
  step: Step,
  filters: QueueFilters,
  place: { cursor?: string | undefined; limit?: number },
  signal?: AbortSignal,
): Promise<Schemas['ReviewPage']> {
  const query = { ...asked(step, filters), sort: filters.sort, ...given(place) }
  return answer(hours.GET('/api/hours/v1/reviews', { params: { query }, ...given({ signal }) }))
}

/** How much waits, under the same filters as the list. */
export function queueFigures(step: Step, filters: QueueFilters, signal: AbortSignal): Promise<ReviewFigures> {
  const query = asked(step, filters)
  return answer(hours.GET('/api/hours/v1/reviews/figures', { params: { query }, signal }))
}

/** The item behind or before a place in the queue; none at its end. */
export async function neighbour(
  step: Step,
  filters: QueueFilters,
  cursor: string,
  direction: 'next' | 'previous',
): Promise<ReviewItem | undefined> {
  const turned = filters.sort === 'oldest' ? 'newest' : 'oldest'
  const sort = direction === 'next' ? filters.sort : turned
  return (await queuePage(step, { ...filters, sort }, { cursor, limit: 1 })).items[0]
}

export function oneReview(claimId: string, signal: AbortSignal): Promise<ReviewDetail> {
  return answer(hours.GET('/api/hours/v1/reviews/{claim_id}', { params: { path: { claim_id: claimId } }, signal }))
}

export function take(claimId: string): Promise<Assignment> {
  const path = { claim_id: claimId }
  return answer(hours.PUT('/api/hours/v1/reviews/{claim_id}/assignment', { params: { path } }))
}

export async function giveBack(claimId: string): Promise<void> {
  const path = { claim_id: claimId }
  await answer(hours.DELETE('/api/hours/v1/reviews/{claim_id}/assignment', { params: { path } }))
}

export function decide(key: string, claimId: string, body: DecisionBody): Promise<Schemas['ClaimOut']> {
  const params = { path: { claim_id: claimId } }
  return answer(hours.POST('/api/hours/v1/claims/{claim_id}/decisions', { params, headers: once(key), body }))
}

export function decideMany(key: string, body: BulkBody): Promise<BulkResult> {
  return answer(hours.POST('/api/hours/v1/reviews/decisions', { headers: once(key), body }))
}

let reasons: Promise<ReasonCode[]> | undefined
let activities: Promise<ActivityKind[]> | undefined

/** The listed reasons; they change once a year, so one look a visit is enough. */
export function reasonCodes(): Promise<ReasonCode[]> {
  reasons ??= answer(hours.GET('/api/hours/v1/reason-codes'))
  reasons.catch(() => (reasons = undefined))
  return reasons
}

export function activityKinds(): Promise<ActivityKind[]> {
  activities ??= answer(hours.GET('/api/hours/v1/activity-kinds'))
  activities.catch(() => (activities = undefined))
  return activities
}

export interface Unit {
  organisation_id: string
  name: string
  parent_name?: string | null
}

/** Organisations of that name, wherever they are; the queue shows only the caller's. */
export async function findUnits(name: string): Promise<Unit[]> {
  const query = { q: name, limit: 8 }
  return (await answer(identity.GET('/api/identity/v1/organisations', { params: { query } }))).items
}

export async function unitName(id: string): Promise<string> {
  const path = { organisation_id: id }
  const found = await answer(identity.GET('/api/identity/v1/organisations/{organisation_id}', { params: { path } }))
  return found.organisation.name
}

/** Only what is given: an absent field and an undefined one are not the same on the wire. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
