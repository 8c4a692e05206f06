import { afterEach, describe, expect, test, vi } from 'vitest'
import { Problem } from './problem'
import { authorisedFetch, lendCredentials, withToken } from './transport'

const ADDRESS = 'http://portal.test/api/hours/v1/claims'

function network(...answers: Response[]) {
  const heard: Request[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    heard.push(request)
    return answers.shift() ?? Promise.reject(new TypeError('no network'))
  })
  return heard
}

const ok = () => new Response('{}', { status: 200 })
const refused = () => new Response('{}', { status: 401 })
const post = () => new Request(ADDRESS, { method: 'POST', body: '{"a":1}' })

afterEach(() => lendCredentials({ current: () => undefined, renew: async () => undefined }))

describe('requests', () => {
  test('carry the token, and nothing for visitors', async () => {
    const heard = network(ok(), ok())
    await authorisedFetch(post())
    lendCredentials({ current: () => 'one', renew: async () => undefined })
    await authorisedFetch(post())
    expect(heard.map((request) => request.headers.get('authorization'))).toEqual([null, 'Bearer one'])
  })

  test('are sent once more with a fresh token', async () => {
    const heard = network(refused(), ok())
    const renew = vi.fn(async () => 'two')
    lendCredentials({ current: () => 'one', renew })
    expect((await authorisedFetch(post())).status).toBe(200)
    expect(heard[1]?.headers.get('authorization')).toBe('Bearer two')
    expect(await heard[1]?.text()).toBe('{"a":1}')
    expect(renew).toHaveBeenCalledTimes(1)
  })

  test('are not sent a third time', async () => {
    network(refused(), refused())
    lendCredentials({ current: () => 'one', renew: async () => 'two' })
    expect((await authorisedFetch(post())).status).toBe(401)
  })

  test('stay refused when the session is over', async () => {
    const heard = network(refused())
    lendCredentials({ current: () => 'one', renew: async () => undefined })
    expect((await authorisedFetch(post())).status).toBe(401)
    expect(heard).toHaveLength(1)
  })

  test('tell a lost connection as a problem', async () => {
    network()
    await expect(authorisedFetch(post())).rejects.toMatchObject({ code: 'portal.no_connection' })
  })
})

describe('work with a token', () => {
  test('is done again when the token was refused', async () => {
    lendCredentials({ current: () => 'one', renew: async () => 'two' })
    const work = vi.fn(async (token?: string) => {
      if (token === 'one') throw new Problem(401, {})
      return token
    })
    expect(await withToken(work)).toBe('two')
  })

  test('is not done again after another refusal', async () => {
    lendCredentials({ current: () => 'one', renew: async () => 'two' })
    const work = vi.fn(async () => {
      throw new Problem(403, {})
    })
    await expect(withToken(work)).rejects.toMatchObject({ status: 403 })
    expect(work).toHaveBeenCalledTimes(1)
  })
})
