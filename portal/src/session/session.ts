import { computed, reactive, readonly } from 'vue'
import { lendCredentials } from '@/api/transport'
import * as doors from './doors'
import { mayHaveSession, notePresence, onLeftElsewhere } from './presence'
import type { Grant, Role } from './roles'

/** Who is logged in: what identity said of the session, without the token. */
export type Account = Readonly<Omit<doors.OpenSession, 'access_token' | 'token_type' | 'expires_in'>>

// The token lives in this variable and nowhere else: a reload asks for a new one by the cookie.
let token: string | undefined
let renewing: Promise<string | undefined> | undefined
let starting: Promise<void> | undefined

const state = reactive<{ account: Account | undefined; ended: boolean }>({
  account: undefined,
  ended: false,
})
const isLoggedIn = computed(() => state.account !== undefined)
const roles = computed<readonly Role[]>(() => state.account?.roles ?? [])

/** Who is logged in. */
export function useSession() {
  return { state: readonly(state), isLoggedIn, roles, token: () => token, start, logIn, logOut, grantsOf, refresh: renew }
}

/** The organisations at which a role is held. */
function grantsOf(role: Role): readonly Grant[] {
  return (state.account?.grants ?? []).filter((grant) => grant.role === role)
}

/** Take up the session that this browser still has; asked once, at the first page. */
function start(): Promise<void> {
  // A platform that cannot be reached now leaves the visitor logged out, not the page blank.
  starting ??= mayHaveSession() ? renew().then(() => undefined, () => undefined) : Promise.resolve()
  return starting
}

/** Log in, or throw the `Problem`. */
async function logIn(login: string, password: string): Promise<void> {
  take(await doors.begin(login, password))
}

/** End this session here and at the service; a lost connection keeps nobody logged in here. */
async function logOut(): Promise<void> {
  forget(false)
  await doors.end().catch(() => undefined)
}

/** Several requests may meet an old token at once; one renewal serves them all. */
function renew(): Promise<string | undefined> {
  renewing ??= doors
    .renew()
    .then((opened) => {
      if (opened) take(opened)
      else forget(state.account !== undefined)
      return token
    })
    .finally(() => {
      renewing = undefined
    })
  return renewing
}

function take({ access_token, token_type: _type, expires_in: _seconds, ...account }: doors.OpenSession): void {
  token = access_token
  state.account = account
  state.ended = false
  notePresence(true)
}

function forget(ended: boolean): void {
  token = undefined
  state.account = undefined
  state.ended = ended
  notePresence(false)
}

lendCredentials({ current: () => token, renew })
onLeftElsewhere(() => {
  if (token) forget(false)
})
