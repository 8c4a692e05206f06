import { describe, expect, it } from 'vitest'
import type { Tree } from '@/words'
import operator from '../operator/words'
import authority from './words'

function keys(tree: Tree, place = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${place}${key}`] : keys(value, `${place}${key}.`),
  )
}

describe('words', () => {
  it.each([
    ['authority', authority],
    ['operator', operator],
  ])('%s has the same keys in both languages', (_, words) => {
    expect(keys(words.en)).toEqual(keys(words.zh))
  })
})
