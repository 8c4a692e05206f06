import { expect, test } from 'vitest'
import words from './words'

function keys(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? keys(value, `${path}${key}.`) : [`${path}${key}`],
  )
}

test('both languages say the same things', () => {
  expect(keys(words.en)).toEqual(keys(words.zh))
})
