import { DocumentChecked } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { authorityRoutes } from '@/authority/routes'

export default [
  { path: '/bureau', redirect: '/bureau/reviews' },
  {
    path: '/bureau/reviews',
    name: 'bureau-reviews',
    component: () => import('./pages/ReviewsPage.vue'),
    meta: {
      roles: ['bureau_administrator'],
      title: 'titles.bureau.reviews',
      nav: { order: 10, icon: DocumentChecked },
    },
  },
  {
    path: '/bureau/reviews/:claimId',
    name: 'bureau-review',
    component: () => import('./pages/ReviewPage.vue'),
    props: true,
    meta: { roles: ['bureau_administrator'], title: 'titles.bureau.review' },
  },
  ...authorityRoutes,
] satisfies RouteRecordRaw[]
