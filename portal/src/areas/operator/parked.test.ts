import { describe, expect, it } from 'vitest'
import { kindOfReason, total, type Queue } from './parked'

describe('parked messages', () => {
  it.each([
    ['gave up after 3 retries: Retry: organisation not here yet', 'waited'],
    ['gave up after 3 retries: KeyError', 'failed'],
    ['broker: delivered too often without an answer', 'broker'],
    ['unknown event type or version identity.person.changed.v9', 'unknown'],
    ['unknown envelope version 2.0', 'unknown'],
    ['unreadable envelope: JSONDecodeError', 'unreadable'],
    ['identity.person.changed.v1: CannotDecrypt', 'unreadable'],
    ['replay refused (PublishError); no person', 'replay_refused'],
    ['no person', 'refused'],
  ])('%s', (reason, kind) => {
    expect(kindOfReason(reason)).toBe(kind)
  })

  it('are counted over all services', () => {
    const queue = (count: number) => ({ count }) as Queue
    expect(
      total([
        { service: 'hours', queues: [queue(2), queue(3)] },
        { service: 'verify', queues: [] },
        { service: 'identity', queues: [queue(1)] },
      ]),
    ).toBe(6)
  })
})
