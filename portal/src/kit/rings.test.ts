import { expect, test } from 'vitest'
import { lacking, ringParts } from './rings'

test.each([
  [{ counted: 150, required: 300 }, { filled: 150, open: 150 }, 150],
  [{ counted: 900, required: 600 }, { filled: 600, open: 0 }, 0],
  [{ counted: 0, required: 0 }, { filled: 1, open: 0 }, 0],
])('a ring', (share, parts, missing) => {
  expect(ringParts(share)).toEqual(parts)
  expect(lacking(share)).toBe(missing)
})
