import { DocumentChecked, Files, Search } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/session'

const OFFICES: readonly Role[] = [
  'employer_administrator',
  'department_administrator',
  'bureau_administrator',
  'provincial_administrator',
]

/** Where to begin: a phone has a camera in hand, a desk has a keyboard. */
function firstWay(): string {
  return window.matchMedia('(pointer: coarse)').matches ? '/check/scan' : '/check/number'
}

export default [
  {
    path: '/check',
    name: 'check',
    redirect: firstWay,
    meta: { public: true, title: 'titles.check.area', nav: { order: 1, icon: DocumentChecked } },
  },
  {
    path: '/check/scan',
    name: 'check-scan',
    component: () => import('./pages/ScanPage.vue'),
    meta: { public: true, title: 'titles.check.scan' },
  },
  {
    path: '/check/number',
    name: 'check-number',
    component: () => import('./pages/NumberPage.vue'),
    meta: { public: true, title: 'titles.check.number' },
  },
  {
    path: '/check/file',
    name: 'check-file',
    component: () => import('./pages/FilePage.vue'),
    meta: { public: true, title: 'titles.check.file' },
  },
  {
    path: '/check/receipt',
    name: 'check-receipt',
    component: () => import('./pages/ReceiptPage.vue'),
    meta: { public: true, title: 'titles.check.receipt' },
  },
  {
    path: '/check/share',
    name: 'check-share',
    component: () => import('./pages/SharePage.vue'),
    meta: { public: true, title: 'titles.check.share' },
  },
  {
    path: '/check/office',
    name: 'check-office',
    component: () => import('./pages/OfficePage.vue'),
    meta: { roles: OFFICES, title: 'titles.check.office', nav: { order: 2, icon: Search } },
  },
  {
    path: '/check/batch',
    name: 'check-batch',
    component: () => import('./pages/BatchPage.vue'),
    meta: { roles: OFFICES, title: 'titles.check.batch', nav: { order: 3, icon: Files } },
  },
] satisfies RouteRecordRaw[]
