import { answer, identity, once, type IdentityApi } from '@/api'

type Schemas = IdentityApi.components['schemas']
export type Tie = Schemas['AffiliationEntry']
export type TiePage = Schemas['AffiliationPage']
export type State = Schemas['AffiliationState']
type Decided = Promise<Schemas['AffiliationView']>

export const STATES: readonly State[] = ['requested', 'confirmed', 'rejected', 'ended']
const AT = '/api/identity/v1/affiliations'

export function tiePage(
  state: State,
  cursor: string | undefined,
  limit: number,
  signal: AbortSignal,
): Promise<TiePage> {
  const query = { state, limit, ...(cursor && { cursor }) }
  return answer(identity.GET(AT, { params: { query }, signal }))
}

/** The same by name or number; both travel in the body, so no address and no log has them. */
export function foundPage(
  person: string,
  state: State,
  cursor: string | undefined,
  limit: number,
  signal: AbortSignal,
): Promise<TiePage> {
  const body = { person, state, limit, ...(cursor && { cursor }) }
  return answer(identity.POST(`${AT}/search`, { body, signal }))
}

export function confirmTie(key: string, affiliation_id: string): Decided {
  const params = { path: { affiliation_id } }
  return answer(identity.POST(`${AT}/{affiliation_id}/confirmation`, { params, headers: once(key) }))
}

export function rejectTie(key: string, affiliation_id: string, reason: string): Decided {
  const params = { path: { affiliation_id } }
  const body = { reason }
  return answer(identity.POST(`${AT}/{affiliation_id}/rejection`, { params, body, headers: once(key) }))
}

export function endTie(
  key: string,
  affiliation_id: string,
  body: Schemas['EndRequest'],
): Decided {
  const params = { path: { affiliation_id } }
  return answer(identity.POST(`${AT}/{affiliation_id}/end`, { params, body, headers: once(key) }))
}
