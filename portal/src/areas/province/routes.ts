import { Connection, OfficeBuilding, PictureFilled } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { withWords } from '@/authority/with-words'

export default [
  {
    path: '/province',
    name: 'province',
    component: withWords(() => import('@/authority/pages/ApprovalsPage.vue')),
    meta: { roles: ['provincial_administrator'], title: 'titles.province.approvals' },
  },
  {
    path: '/province/templates',
    name: 'templates',
    component: withWords(() => import('./pages/TemplatesPage.vue')),
    meta: {
      roles: ['provincial_administrator'],
      title: 'titles.province.templates',
      nav: { order: 80, icon: PictureFilled },
    },
  },
  {
    path: '/province/templates/:form/:version/pictures',
    name: 'template',
    component: withWords(() => import('./pages/TemplatePage.vue')),
    meta: { roles: ['provincial_administrator'], title: 'titles.province.template' },
  },
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
