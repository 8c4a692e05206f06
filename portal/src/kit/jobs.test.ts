import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { Problem } from '@/api/problem'
import { shareOf, useJob } from './jobs'

interface Job {
  state: string
}

function following(load: () => Promise<Job>) {
  const scope = effectScope()
  const job = scope.run(() => useJob<Job>(load, ({ state }) => state === 'done'))!
  return { ...job, leave: () => scope.stop() }
}

describe('a job of the service', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('is followed to its end and no further', async () => {
    const states = ['queued', 'running', 'done']
    const load = vi.fn(async () => ({ state: states.shift() ?? 'asked too often' }))
    const { job, follow } = following(load)
    await follow()
    expect(job.value?.state).toBe('queued')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(job.value?.state).toBe('done')
    expect(load).toHaveBeenCalledTimes(3)
  })

  test('is asked for again after a lost connection', async () => {
    let lost = true
    const { job, problem, follow } = following(async () => {
      if (lost) throw new TypeError('no network')
      return { state: 'done' }
    })
    await follow()
    expect(problem.value?.code).toBe('portal.no_connection')
    lost = false
    await vi.advanceTimersByTimeAsync(2000)
    expect([job.value?.state, problem.value]).toEqual(['done', undefined])
  })

  test('is not asked for again after a refusal, nor when its page is left', async () => {
    const refused = vi.fn(async () => {
      throw new Problem(404, { code: 'certificates.unknown' })
    })
    await following(refused).follow()
    const running = vi.fn(async () => ({ state: 'running' }))
    const left = following(running)
    await left.follow()
    left.leave()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([refused.mock.calls.length, running.mock.calls.length]).toEqual([1, 1])
  })
})

test('how much is done', () => {
  expect([shareOf(1, 4), shareOf(5, 4), shareOf(0, 0), shareOf(null, 4)]).toEqual([0.25, 1, undefined, undefined])
})
