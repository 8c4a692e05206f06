import { expect, test } from 'vitest'
import type { RouteRecordRaw } from 'vue-router'
import { sectionsFor } from './navigation'

const icon = {}
const component = {}
const ROUTES: RouteRecordRaw[] = [
  { path: '/', component, meta: { public: true, area: 'home' } },
  { path: '/check', component, meta: { public: true, area: 'check', title: 'titles.check.scan', nav: { order: 1, icon } } },
  { path: '/b', component, meta: { area: 'employer', title: 'b', nav: { order: 2, icon }, roles: ['employer_administrator'] } },
  { path: '/a', component, meta: { area: 'employer', title: 'a', nav: { order: 1, icon }, roles: ['employer_administrator'] } },
  { path: '/a/:id', component, meta: { area: 'employer', title: 'c', roles: ['employer_administrator'] } },
  { path: '/account', component, meta: { area: 'account', title: 'd', nav: { order: 1, icon } } },
]

const shown = (isLoggedIn: boolean, ...roles: Parameters<typeof sectionsFor>[2]) =>
  sectionsFor(ROUTES, isLoggedIn, roles).map(({ area, items }) => [area, items.map(({ path }) => path)])

test('visitors see what is public', () => {
  expect(shown(false)).toEqual([['check', ['/check']]])
})

test('everybody sees the own duties, in order, and nothing of others', () => {
  expect(shown(true, 'technician')).toEqual([
    ['check', ['/check']],
    ['account', ['/account']],
  ])
  expect(shown(true, 'employer_administrator')).toEqual([
    ['check', ['/check']],
    ['employer', ['/a', '/b']],
    ['account', ['/account']],
  ])
})
