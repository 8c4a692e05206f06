import { describe, expect, test } from 'vitest'
import { watchEffect } from 'vue'
import { remembered } from './remembered'

const later = () => new Promise((done) => setTimeout(done))

describe('what is remembered', () => {
  test('is asked for once and shown when it is there', async () => {
    const asked: string[] = []
    const nameOf = remembered(async (key) => (asked.push(key), `name of ${key}`))
    const shown: string[] = []
    watchEffect(() => shown.push(nameOf('a')))
    await later()
    expect([nameOf('a'), nameOf(null), shown.at(-1)]).toEqual(['name of a', '', 'name of a'])
    expect(asked).toEqual(['a'])
  })

  test('stays empty when it cannot be had, and does not ask for ever', async () => {
    let asked = 0
    const nameOf = remembered(async () => {
      asked += 1
      throw new Error('nobody')
    })
    const shown: string[] = []
    watchEffect(() => shown.push(nameOf('a')))
    await later()
    await later()
    expect(shown.at(-1)).toBe('')
    expect(asked).toBeLessThanOrEqual(2)
  })
})
