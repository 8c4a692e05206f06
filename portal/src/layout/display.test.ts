import { expect, test } from 'vitest'
import { remembered } from './display'

const PLAIN = { language: 'zh', large: false, contrast: false }

test.each([
  [null, PLAIN],
  ['', PLAIN],
  ['null', PLAIN],
  ['{not json', PLAIN],
  ['{"language":"fr","large":"yes"}', PLAIN],
  ['{"language":"en","large":true,"contrast":true}', { language: 'en', large: true, contrast: true }],
])('what was kept: %s', (kept, display) => {
  expect(remembered({ getItem: () => kept })).toEqual(display)
})
