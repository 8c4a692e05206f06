import { Compass, Lock, Message, Monitor, User } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/start',
    name: 'start',
    component: () => import('./pages/StartPage.vue'),
    meta: { title: 'titles.account.start', nav: { order: 10, icon: Compass } },
  },
  {
    path: '/messages',
    name: 'messages',
    component: () => import('./pages/MessagesPage.vue'),
    meta: { title: 'titles.account.messages', nav: { order: 20, icon: Message } },
  },
  {
    path: '/account',
    name: 'account',
    component: () => import('./pages/AccountPage.vue'),
    meta: { title: 'titles.account.account', nav: { order: 30, icon: User } },
  },
  {
    path: '/account/sessions',
    name: 'sessions',
    component: () => import('./pages/SessionsPage.vue'),
    meta: { title: 'titles.account.sessions', nav: { order: 40, icon: Monitor } },
  },
  {
    path: '/account/password',
    name: 'password',
    component: () => import('./pages/PasswordPage.vue'),
    meta: { title: 'titles.account.password', nav: { order: 50, icon: Lock } },
  },
] satisfies RouteRecordRaw[]
