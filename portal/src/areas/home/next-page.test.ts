import { describe, expect, test } from 'vitest'
import { nextPage } from './next-page'

describe('where a log-in leads to', () => {
  test('back to the page that asked for it', () => {
    expect(nextPage('/employer/reviews?state=open', '/employer')).toBe('/employer/reviews?state=open')
  })

  test.each([
    undefined,
    '',
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    'javascript:alert(1)',
    '/login?next=/login',
    ['/a', '/b'],
  ])('never elsewhere: %s', (asked) => {
    expect(nextPage(asked, '/account')).toBe('/account')
  })
})
