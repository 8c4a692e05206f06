import { Box, Monitor, Odometer, Tickets, TrendCharts, Warning } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { withWords } from '@/authority/with-words'

const roles = ['operator'] as const

export default [
  {
    path: '/operator',
    name: 'operator-watch',
    component: withWords(() => import('./pages/WatchPage.vue')),
    meta: { roles, title: 'titles.operator.watch', nav: { order: 10, icon: Monitor } },
  },
  {
    path: '/operator/dashboards',
    name: 'operator-dashboards',
    component: withWords(() => import('./pages/DashboardsPage.vue')),
    meta: { roles, title: 'titles.operator.dashboards', nav: { order: 15, icon: TrendCharts } },
  },
  {
    path: '/operator/work',
    name: 'operator-work',
    component: withWords(() => import('@/authority/pages/WorkPage.vue')),
    meta: { roles, title: 'titles.operator.work', nav: { order: 20, icon: Warning } },
  },
  {
    path: '/operator/intents',
    name: 'operator-intents',
    component: withWords(() => import('@/authority/pages/IntentsPage.vue')),
    meta: { roles, title: 'titles.operator.intents', nav: { order: 30, icon: Tickets } },
  },
  {
    path: '/operator/intents/:id',
    name: 'operator-intent',
    component: withWords(() => import('@/authority/pages/IntentPage.vue')),
    meta: { roles, title: 'titles.operator.intent' },
  },
  {
    path: '/operator/lanes',
    name: 'operator-lanes',
    component: withWords(() => import('./pages/LanesPage.vue')),
    meta: { roles, title: 'titles.operator.lanes', nav: { order: 40, icon: Odometer } },
  },
  {
    path: '/operator/parked',
    name: 'operator-parked',
    component: withWords(() => import('./pages/ParkedPage.vue')),
    meta: { roles, title: 'titles.operator.parked', nav: { order: 50, icon: Box } },
  },
] satisfies RouteRecordRaw[]
