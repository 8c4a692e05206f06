import { Connection, OfficeBuilding } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'

export default [
  {
    path: '/province/organisations',
    name: 'organisations',
    component: () => import('./pages/OrganisationsPage.vue'),
    meta: {
      roles: ['provincial_administrator', 'bureau_administrator', 'operator'],
      title: 'titles.province.organisations',
      nav: { order: 60, icon: OfficeBuilding },
    },
  },
  {
    path: '/province/clients',
    name: 'api-clients',
    component: () => import('./pages/ClientsPage.vue'),
    meta: {
      roles: ['provincial_administrator'],
      title: 'titles.province.clients',
      nav: { order: 70, icon: Connection },
    },
  },
] satisfies RouteRecordRaw[]
