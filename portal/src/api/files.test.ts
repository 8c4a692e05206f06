import { expect, test } from 'vitest'
import { nameIn } from './files'

test.each([
  ["attachment; filename*=UTF-8''%E8%AF%81%E4%B9%A6.pdf", '证书.pdf'],
  ["attachment; filename=\"a.pdf\"; filename*=utf-8''b.pdf", 'b.pdf'],
  ['inline; filename="a b.pdf"', 'a b.pdf'],
  ['attachment; filename=a.pdf', 'a.pdf'],
  ["attachment; filename*=utf-8''%zz", ''],
  ['attachment', ''],
  [null, ''],
])('the name a service gives a file', (header, name) => expect(nameIn(header)).toBe(name))
