import type { Component } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import account from './areas/account/routes'
import bureau from './areas/bureau/routes'
import check from './areas/check/routes'
import employer from './areas/employer/routes'
import home from './areas/home/routes'
import operator from './areas/operator/routes'
import province from './areas/province/routes'
import technician from './areas/technician/routes'
import { crashed } from './layout/crash'
import { firstPageOf } from './layout/navigation'
import { homeOf, mayEnter, useSession, type Role } from './session'
import { i18n, loadWords } from './words'

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without a log-in. */
    public?: boolean
    /** Only for these; absent means everybody logged in. */
    roles?: readonly Role[]
    /** Key of the page's title, `titles.<area>.…`. */
    title?: string
    /** In the navigation of its area, in this order. */
    nav?: { order: number; icon: Component }
    /** Set for every route by the table below. */
    area?: string
  }
}

/** The areas, in the order of the navigation. */
export const AREAS: Readonly<Record<string, readonly RouteRecordRaw[]>> = {
  home,
  check,
  technician,
  employer,
  bureau,
  province,
  operator,
  account,
}

export const routes: RouteRecordRaw[] = Object.entries(AREAS).flatMap(([area, records]) =>
  records.map((record) => ({ ...record, meta: { ...record.meta, area } }) as RouteRecordRaw),
)

/** The first page of an area for whoever is logged in, if it has one for him. */
export function firstPage(area: string): string | undefined {
  return firstPageOf(routes, useSession().roles.value, area)
}

/** Where the day of whoever is logged in begins. */
export function workPlace(): string {
  return homeOf(useSession().roles.value, firstPage)
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...routes,
    {
      path: '/:anything(.*)*',
      name: 'not-found',
      component: () => import('./layout/pages/NotFoundPage.vue'),
      meta: { public: true, title: 'titles.not_found' },
    },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async (to) => {
  const session = useSession()
  await session.start()
  if (to.meta.public || to.name === 'forbidden') return true
  if (!session.isLoggedIn.value) return { path: '/login', query: { next: to.fullPath } }
  if (session.state.account?.must_change_password && to.path !== '/account/password') {
    return { path: '/account/password', query: { next: to.fullPath } }
  }
  if (!mayEnter(session.roles.value, to.meta.roles)) return { name: 'forbidden', replace: true }
  return true
})

router.beforeResolve(async (to) => {
  if (to.meta.area) await loadWords(to.meta.area)
})

router.afterEach((to) => {
  crashed.value = false
  const { t } = i18n.global
  const name = t('shell.name')
  document.title = to.meta.title ? `${t(to.meta.title)} · ${name}` : name
})
