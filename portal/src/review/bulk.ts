/** Many claims with one outcome: what is sent, and what is told of each. */

import type { Reason } from '@/kit/reasons'
import type { BulkBody, BulkResult, ReviewItem } from './calls'
import type { Step } from './filters'
import type { Outcome } from './verdict'

/** What became of one claim, for people. */
export interface BulkLine {
  id: string
  name: string
  title: string
  /** The claim's new state; empty when it was not decided. */
  state: string
  problem: string
  remedy: string
}

type Named = Pick<ReviewItem, 'claim_id' | 'person_name' | 'title'>

export function bulkBody(step: Step, outcome: Outcome, items: readonly Named[], reason: Reason): BulkBody {
  const body: BulkBody = { step, outcome, claim_ids: items.map((item) => item.claim_id) }
  if (reason.code) body.reason_code = reason.code
  if (reason.text) body.reason = reason.text
  return body
}

/** Tell what became of each, those that were refused first. */
export function bulkLines(items: readonly Named[], result: BulkResult): BulkLine[] {
  const named = new Map(items.map((item) => [item.claim_id, item]))
  const lines = result.items.map(({ claim_id, claim, problem }) => ({
    id: claim_id,
    name: named.get(claim_id)?.person_name ?? '',
    title: named.get(claim_id)?.title ?? '',
    state: claim?.state ?? '',
    problem: problem?.detail ?? '',
    remedy: problem?.remedy ?? '',
  }))
  return [...lines.filter((line) => !line.state), ...lines.filter((line) => line.state)]
}
