import { expect, test } from 'vitest'
import { missing } from './reasons'

const choices = [{ code: 'unreadable', label: '看不清' }]

test.each([
  [{ code: '', text: '' }, choices, false, 'kit.reason_choose'],
  [{ code: 'other', text: 'x' }, choices, false, 'kit.reason_choose'],
  [{ code: 'unreadable', text: '' }, choices, false, ''],
  [{ code: 'unreadable', text: '  ' }, choices, true, 'kit.reason_write'],
  [{ code: '', text: '说明' }, [], true, ''],
  [{ code: '', text: '' }, [], false, ''],
])('what is missing of a reason', (reason, offered, needed, said) => {
  expect(missing(reason, offered, needed)).toBe(said)
})
