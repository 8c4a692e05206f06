import { expect, test } from 'vitest'
import { passwordFault } from './password-rules'

test.each([
  ['', 'a-long-password', 'a-long-password', 'account.password.need_old'],
  ['old', 'short', 'short', 'account.password.too_short'],
  ['a-long-password', 'a-long-password', 'a-long-password', 'account.password.unchanged'],
  ['old', 'a-long-password', 'a-long-passwort', 'account.password.different'],
  ['old', '一二三四五六七八九十', '一二三四五六七八九十', ''],
])('what is wrong with a new password', (old, fresh, again, fault) => {
  expect(passwordFault(old, fresh, again)).toBe(fault)
})
