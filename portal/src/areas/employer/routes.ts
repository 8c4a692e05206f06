import { DocumentChecked, Printer, UserFilled } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/employer', redirect: '/employer/reviews' },
  {
    path: '/employer/reviews',
    name: 'employer-reviews',
    component: () => import('./pages/ReviewsPage.vue'),
    meta: {
      roles: ['employer_administrator'],
      title: 'titles.employer.reviews',
      nav: { order: 10, icon: DocumentChecked },
    },
  },
  {
    path: '/employer/reviews/:claimId',
    name: 'employer-review',
    component: () => import('./pages/ReviewPage.vue'),
    props: true,
    meta: { roles: ['employer_administrator'], title: 'titles.employer.review' },
  },
  {
    path: '/employer/people',
    name: 'employer-people',
    component: () => import('./people/PeoplePage.vue'),
    meta: {
      roles: ['employer_administrator'],
      title: 'titles.employer.people',
      nav: { order: 20, icon: UserFilled },
    },
  },
  {
    path: '/employer/certificates',
    name: 'employer-certificates',
    component: () => import('./pages/CertificatesPage.vue'),
    meta: {
      roles: ['employer_administrator'],
      title: 'titles.employer.certificates',
      nav: { order: 40, icon: Printer },
    },
  },
] satisfies RouteRecordRaw[]
