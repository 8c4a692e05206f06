import { answer, identity, once, type IdentityApi } from '@/api'

type Schemas = IdentityApi.components['schemas']
export type Client = Schemas['ClientEntry']
export type Secret = Schemas['SecretView']
export type Issued = Schemas['IssuedView']
export type ClientPage = Schemas['ClientPage']

const AT = '/api/identity/v1/clients'

export function clientPage(cursor: string | undefined, signal?: AbortSignal): Promise<ClientPage> {
  const query = { limit: 20, ...(cursor && { cursor }) }
  return answer(identity.GET(AT, { params: { query }, signal: signal ?? null }))
}

export function registerClient(key: string, body: Schemas['ClientRequest']): Promise<Issued> {
  return answer(identity.POST(AT, { body, headers: once(key) }))
}

export function changeClient(
  key: string,
  client_id: string,
  body: Schemas['ClientChange'],
): Promise<Schemas['ClientView']> {
  const params = { path: { client_id } }
  return answer(identity.PATCH(`${AT}/{client_id}`, { params, body, headers: once(key) }))
}

export function rotateSecret(key: string, client_id: string, overlap_hours: number): Promise<Issued> {
  const params = { path: { client_id } }
  const body = { overlap_hours }
  return answer(identity.POST(`${AT}/{client_id}/secrets`, { params, body, headers: once(key) }))
}

export async function endSecret(_: string, client_id: string, secret_id: string): Promise<true> {
  const params = { path: { client_id, secret_id } }
  await answer(identity.DELETE(`${AT}/{client_id}/secrets/{secret_id}`, { params }))
  return true
}

export function revokeClient(key: string, client_id: string): Promise<Schemas['ClientView']> {
  const params = { path: { client_id } }
  return answer(identity.POST(`${AT}/{client_id}/revocation`, { params, headers: once(key) }))
}
