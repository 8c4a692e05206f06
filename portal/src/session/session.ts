import { computed, reactive, readonly } from 'vue'
import { answer, identity } from '@/api/client'
import { lendCredentials } from '@/api/transport'
import { renew, logIn as askLogIn, logOut as askLogOut } from './doors'
import { rolesOf, type Profile, type Role } from './roles'

// The token lives in this variable and nowhere else: a reload asks for a new one by the cookie.
let token: string | undefined
let renewing: Promise<string | undefined> | undefined
let ready: Promise<void> | undefined

const state = reactive<{ profile: Profile | undefined; ended: boolean }>({
  profile: undefined,
  ended: false,
})

/** Who is logged in. */
export function useSession() {
  return {
    state: readonly(state) as Readonly<{ profile: Profile | undefined; ended: boolean }>,
    isLoggedIn: computed(() => state.profile !== undefined),
    roles: computed<readonly Role[]>(() => rolesOf(state.profile)),
    token: () => token,
    start,
    logIn,
    logOut,
    reload: loadProfile,
  }
}

/** Take up a session that this browser still has; asked once, at the first page. */
function start(): Promise<void> {
  ready ??= resume()
  return ready
}

async function resume(): Promise<void> {
  if (!(await renewOnce())) return
  await loadProfile().catch(() => forget(false))
}

/** Log in, or throw the `Problem`. */
async function logIn(login: string, password: string): Promise<void> {
  token = await askLogIn(login, password)
  state.ended = false
  await loadProfile()
}

/** End this session here and at the service; a lost connection does not keep anybody logged in. */
async function logOut(): Promise<void> {
  await askLogOut(token).catch(() => undefined)
  forget(false)
}

async function loadProfile(): Promise<void> {
  state.profile = await answer(identity.GET('/api/identity/v1/me'))
}

/** Several requests may meet an old token at once; one renewal serves them all. */
function renewOnce(): Promise<string | undefined> {
  renewing ??= renew()
    .then((fresh) => {
      token = fresh
      if (!fresh) forget(state.profile !== undefined)
      return fresh
    })
    .finally(() => {
      renewing = undefined
    })
  return renewing
}

function forget(ended: boolean): void {
  token = undefined
  state.profile = undefined
  state.ended = ended
}

lendCredentials({ current: () => token, renew: renewOnce })
