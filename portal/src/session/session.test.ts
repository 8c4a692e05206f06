import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Problem } from '@/api/problem'

const doors = vi.hoisted(() => ({ begin: vi.fn(), renew: vi.fn(), end: vi.fn() }))
vi.mock('./doors', () => doors)

const opened = (token: string) => ({
  access_token: token,
  token_type: 'Bearer',
  expires_in: 600,
  roles: ['technician'],
  grants: [],
  name: '王小明',
  must_change_password: false,
})

/** A page that was just opened. */
async function page() {
  vi.resetModules()
  const { useSession } = await import('./session')
  return useSession()
}

describe('the session', () => {
  beforeEach(() => {
    window.localStorage.clear()
    vi.resetAllMocks()
    doors.end.mockResolvedValue(undefined)
  })

  test('of a visitor asks for nothing', async () => {
    const session = await page()
    await session.start()
    expect([session.isLoggedIn.value, doors.renew.mock.calls.length]).toEqual([false, 0])
  })

  test('begins with a log-in, and keeps the token out of what is kept', async () => {
    doors.begin.mockResolvedValue(opened('secret-token'))
    const session = await page()
    await session.logIn('41…', 'password')
    expect([session.token(), session.roles.value]).toEqual(['secret-token', ['technician']])
    expect(JSON.stringify(session.state.account)).not.toContain('secret-token')
    expect(JSON.stringify({ ...window.localStorage, ...window.sessionStorage })).not.toContain('secret-token')
  })

  test('goes on after a reload', async () => {
    doors.begin.mockResolvedValue(opened('one'))
    await (await page()).logIn('41…', 'password')
    doors.renew.mockResolvedValue(opened('two'))
    const reloaded = await page()
    await Promise.all([reloaded.start(), reloaded.start()])
    expect([reloaded.isLoggedIn.value, reloaded.token()]).toEqual([true, 'two'])
    expect(doors.renew).toHaveBeenCalledTimes(1)
  })

  test('is renewed once for many requests, and says so when it is over', async () => {
    doors.begin.mockResolvedValue(opened('one'))
    const session = await page()
    await session.logIn('41…', 'password')
    doors.renew.mockResolvedValue(undefined)
    expect(await Promise.all([session.refresh(), session.refresh()])).toEqual([undefined, undefined])
    expect(doors.renew).toHaveBeenCalledTimes(1)
    expect([session.isLoggedIn.value, session.state.ended]).toEqual([false, true])
  })

  test('survives a lost connection', async () => {
    doors.begin.mockResolvedValue(opened('one'))
    const session = await page()
    await session.logIn('41…', 'password')
    doors.renew.mockRejectedValue(new Problem(0, { code: 'portal.no_connection' }))
    await expect(session.refresh()).rejects.toThrow()
    expect(session.isLoggedIn.value).toBe(true)
  })

  test('ends here even when the platform cannot be reached', async () => {
    doors.begin.mockResolvedValue(opened('one'))
    const session = await page()
    await session.logIn('41…', 'password')
    doors.end.mockRejectedValue(new TypeError('no network'))
    await session.logOut()
    expect([session.isLoggedIn.value, session.token(), session.state.ended]).toEqual([false, undefined, false])
  })

  test('ends when another tab logs out', async () => {
    doors.begin.mockResolvedValue(opened('one'))
    const session = await page()
    await session.logIn('41…', 'password')
    window.dispatchEvent(new StorageEvent('storage', { key: 'yuzheng.has-session', newValue: null }))
    expect(session.isLoggedIn.value).toBe(false)
  })
})
