import { expect, it } from 'vitest'
import { share } from './credits'

it('knows how much is met', () => {
  expect(share(300, 600)).toBe(0.5)
  expect(share(900, 600)).toBe(1)
  expect(share(0, 0)).toBe(1)
})
