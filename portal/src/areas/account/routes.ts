import { User } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/account',
    name: 'account',
    component: () => import('./pages/AccountPage.vue'),
    meta: { title: 'titles.account.account', nav: { order: 30, icon: User } },
  },
] satisfies RouteRecordRaw[]
