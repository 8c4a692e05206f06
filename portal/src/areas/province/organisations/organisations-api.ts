import { answer, identity, once } from '@/api'
import type { IdentityApi } from '@/api'
import type { Kind, Organisation, Place } from './rules'

type Schemas = IdentityApi.components['schemas']
export type Page = Schemas['OrganisationPage']
export type Administrator = Schemas['AdministratorEntry']
export type NewOrganisation = Schemas['OrganisationRequest']
export type NewAdministrator = Schemas['AdministratorRequest']

const PAGE = 50

/** What a list of organisations is narrowed to. */
export interface Wanted {
  q?: string | undefined
  kind?: Kind | undefined
  parent?: string | undefined
  cursor?: string | undefined
}

export function organisationPage(wanted: Wanted, signal?: AbortSignal): Promise<Page> {
  const query = {
    limit: PAGE,
    ...(wanted.q && { q: wanted.q }),
    ...(wanted.kind && { kind: wanted.kind }),
    ...(wanted.parent && { parent_id: wanted.parent }),
    ...(wanted.cursor && { cursor: wanted.cursor }),
  }
  return answer(
    identity.GET('/api/identity/v1/organisations', { params: { query }, signal: signal ?? null }),
  )
}

export function placeOf(organisation_id: string, signal?: AbortSignal): Promise<Place> {
  return answer(
    identity.GET('/api/identity/v1/organisations/{organisation_id}', {
      params: { path: { organisation_id } },
      signal: signal ?? null,
    }),
  )
}

export function addOrganisation(key: string, body: NewOrganisation): Promise<Organisation> {
  return answer(
    identity.POST('/api/identity/v1/organisations', { body, headers: once(key) }),
  )
}

/** All administrators of one organisation: they are few. */
export async function administratorsOf(
  organisation_id: string,
  signal?: AbortSignal,
): Promise<Administrator[]> {
  const found: Administrator[] = []
  let cursor: string | null = null
  do {
    const query = { organisation_id, limit: PAGE, ...(cursor && { cursor }) }
    const page: Schemas['AdministratorPage'] = await answer(
      identity.GET('/api/identity/v1/administrators', { params: { query }, signal: signal ?? null }),
    )
    found.push(...page.items)
    cursor = page.next_cursor
  } while (cursor)
  return found
}

export function appoint(key: string, body: NewAdministrator): Promise<Schemas['AdministratorView']> {
  return answer(
    identity.POST('/api/identity/v1/administrators', { body, headers: once(key) }),
  )
}

export function endAppointment(
  key: string,
  grant_id: string,
  reason: string,
): Promise<Schemas['AdministratorView']> {
  return answer(
    identity.POST('/api/identity/v1/administrators/{grant_id}/end', {
      params: { path: { grant_id } },
      body: { reason },
      headers: once(key),
    }),
  )
}
