import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/',
    name: 'home',
    component: () => import('./pages/HomePage.vue'),
    meta: { public: true },
  },
  {
    path: '/login',
    name: 'login',
    component: () => import('./pages/LogInPage.vue'),
    meta: { public: true, title: 'titles.home.login' },
  },
  {
    path: '/forbidden',
    name: 'forbidden',
    component: () => import('@/layout/pages/ForbiddenPage.vue'),
    meta: { public: true, title: 'titles.forbidden' },
  },
] satisfies RouteRecordRaw[]
