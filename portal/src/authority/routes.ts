import { Bell, Files, Medal, Stamp, Tickets, Warning } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import { withWords } from './with-words'

const roles = ['bureau_administrator', 'provincial_administrator'] as const
const withOperator = [...roles, 'operator'] as const

/** What bureaus and the province do about certificates and seals; part of the bureau's area. */
export const authorityRoutes: RouteRecordRaw[] = [
  {
    path: '/bureau/certificates',
    name: 'bureau-certificates',
    component: withWords(() => import('./pages/CertificatesPage.vue')),
    meta: { roles, title: 'titles.bureau.certificates', nav: { order: 30, icon: Medal } },
  },
  {
    path: '/bureau/certificates/:id',
    name: 'bureau-certificate',
    component: withWords(() => import('./pages/CertificatePage.vue')),
    meta: { roles, title: 'titles.bureau.certificate' },
  },
  {
    path: '/bureau/approvals',
    name: 'approvals',
    component: withWords(() => import('./pages/ApprovalsPage.vue')),
    meta: { roles, title: 'titles.bureau.approvals', nav: { order: 40, icon: Bell } },
  },
  {
    path: '/bureau/mass-revocations',
    name: 'mass-revocation',
    component: withWords(() => import('./pages/MassRevocationPage.vue')),
    meta: { roles, title: 'titles.bureau.mass', nav: { order: 50, icon: Files } },
  },
  {
    path: '/bureau/mass-revocations/:id',
    name: 'mass-revocation-job',
    component: withWords(() => import('./pages/MassRevocationJobPage.vue')),
    meta: { roles, title: 'titles.bureau.mass_job' },
  },
  {
    path: '/bureau/seals',
    name: 'seals',
    component: withWords(() => import('./pages/SealsPage.vue')),
    meta: { roles: withOperator, title: 'titles.bureau.seals', nav: { order: 60, icon: Stamp } },
  },
  {
    path: '/bureau/seals/new',
    name: 'seal-application',
    component: withWords(() => import('./pages/SealApplicationPage.vue')),
    meta: { roles: ['bureau_administrator'], title: 'titles.bureau.apply' },
  },
  {
    path: '/bureau/seals/:id',
    name: 'seal',
    component: withWords(() => import('./pages/SealPage.vue')),
    meta: { roles: withOperator, title: 'titles.bureau.seal' },
  },
  {
    path: '/bureau/work',
    name: 'bureau-work',
    component: withWords(() => import('./pages/WorkPage.vue')),
    meta: { roles, title: 'titles.bureau.work', nav: { order: 70, icon: Warning } },
  },
  {
    path: '/bureau/intents',
    name: 'bureau-intents',
    component: withWords(() => import('./pages/IntentsPage.vue')),
    meta: { roles, title: 'titles.bureau.intents', nav: { order: 80, icon: Tickets } },
  },
  {
    path: '/bureau/intents/:id',
    name: 'bureau-intent',
    component: withWords(() => import('./pages/IntentPage.vue')),
    meta: { roles, title: 'titles.bureau.intent' },
  },
]
