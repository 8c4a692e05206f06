import { describe, expect, test } from 'vitest'
import { Problem } from './problem'
import { useSubmission } from './submission'

function submission(...outcomes: (Error | string)[]) {
  const keys: string[] = []
  const one = useSubmission(async (key: string, _content: string) => {
    keys.push(key)
    const outcome = outcomes.shift()
    if (outcome instanceof Error) throw outcome
    return outcome
  })
  return { ...one, keys }
}

describe('a submission', () => {
  test('is the same one when its outcome is unknown and it is sent again', async () => {
    const { submit, keys, problem } = submission(new TypeError('no network'), 'done')
    expect(await submit('claim')).toBeUndefined()
    expect(problem.value?.code).toBe('portal.no_connection')
    expect(await submit('claim')).toBe('done')
    expect(keys[0]).toBe(keys[1])
    expect(problem.value).toBeUndefined()
  })

  test('is another one when its content changed', async () => {
    const { submit, keys } = submission(new TypeError('no network'), 'done')
    await submit('claim')
    await submit('mended claim')
    expect(keys[0]).not.toBe(keys[1])
  })

  test.each([[new Problem(400, {})], ['done']])('is over once it is answered', async (outcome) => {
    const { submit, keys } = submission(outcome, 'done')
    await submit('claim')
    await submit('claim')
    expect(keys[0]).not.toBe(keys[1])
  })

  test('is not sent twice at once', async () => {
    const { submit, keys } = submission('done', 'done')
    await Promise.all([submit('claim'), submit('claim')])
    expect(keys).toHaveLength(1)
  })
})
