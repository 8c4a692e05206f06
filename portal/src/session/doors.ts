import type { components } from '@/api/generated/identity'
import { asProblem } from '@/api/problem'
import { problemOf } from '@/api/transport'

// These calls carry the cookie instead of a token and must not be renewed, so they do not go
// through the client. The browser sends the cookie to these addresses and to no others.

const SESSIONS = '/api/identity/v1/sessions'

/** What identity answers when a session begins or goes on: the access token and whose it is. */
export type OpenSession = components['schemas']['OpenSessionView']

/** Begin a session; throw the `Problem` of a refusal. */
export async function begin(login: string, password: string): Promise<OpenSession> {
  const response = await ask('POST', SESSIONS, { login, password })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as OpenSession
}

/** Go on with the session of this browser; nothing when it has none any more. */
export async function renew(): Promise<OpenSession | undefined> {
  return alone(async () => {
    const response = await ask('POST', `${SESSIONS}/renewal`)
    if (response.status === 401) return undefined
    if (!response.ok) throw await problemOf(response)
    return (await response.json()) as OpenSession
  })
}

/** End the session of this browser. */
export async function end(): Promise<void> {
  await ask('DELETE', `${SESSIONS}/current`)
}

async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) }
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  try {
    return await fetch(path, { method, headers, credentials: 'same-origin', ...content })
  } catch (thrown) {
    throw asProblem(thrown)
  }
}

/** One tab at a time: a renewal changes the cookie, and using the one before ends the session. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  // Browsers of before 2022 have no locks; identity allows them a few seconds.
  return navigator.locks ? ((await navigator.locks.request('yuzheng.renewal', work)) as T) : work()
}
