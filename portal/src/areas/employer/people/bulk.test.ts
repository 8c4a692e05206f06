import { describe, expect, test, vi } from 'vitest'
import { Problem } from '@/api'
import { useBulk } from './bulk'

const refusal = new Problem(409, { code: 'identity.another_employer_confirmed' })
const silence = new Problem(0, { code: 'portal.no_connection' })

function acting(answers: Record<string, Problem>) {
  return vi.fn((_: string, id: string) => {
    const problem = answers[id]
    return problem ? Promise.reject(problem) : Promise.resolve({})
  })
}

describe('one thing done to many', () => {
  test('a refusal stops nobody else and is told', async () => {
    const act = acting({ b: refusal })
    const { state, run } = useBulk(act)
    expect(await run(['a', 'b', 'c'])).toEqual(['b'])
    expect(state).toMatchObject({ busy: false, total: 3, done: 3 })
    expect(state.refused.map((one) => [one.id, one.problem.code])).toEqual([
      ['b', 'identity.another_employer_confirmed'],
    ])
  })

  test('a lost connection leaves the rest alone', async () => {
    const act = acting({ b: silence })
    const { state, run } = useBulk(act)
    expect(await run(['a', 'b', 'c'])).toEqual(['b', 'c'])
    expect(state.done).toBe(2)
    expect(act).toHaveBeenCalledTimes(2)
  })

  test('what nobody knows the outcome of is sent again as the same', async () => {
    const answers: Record<string, Problem> = { a: silence, b: refusal }
    const act = acting(answers)
    const { run } = useBulk(act)
    await run(['b', 'a'])
    delete answers.a
    delete answers.b
    await run(['b', 'a'])
    const keys = (id: string) => act.mock.calls.filter((call) => call[1] === id).map((call) => call[0])
    expect(new Set(keys('a')).size).toBe(1)
    expect(new Set(keys('b')).size).toBe(2)
  })
})
