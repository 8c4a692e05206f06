import { Calendar, DocumentAdd, Medal, OfficeBuilding, PieChart, Share, Tickets } from '@element-plus/icons-vue'
import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/session'

const roles: readonly Role[] = ['technician']

export default [
  {
    path: '/register',
    name: 'register',
    component: () => import('./pages/RegisterPage.vue'),
    meta: { public: true, title: 'titles.technician.register' },
  },
  {
    path: '/technician',
    name: 'technician',
    component: () => import('./pages/YearPage.vue'),
    meta: { roles, title: 'titles.technician.year', nav: { order: 1, icon: PieChart } },
  },
  {
    path: '/technician/claims/new',
    name: 'claim-new',
    component: () => import('./pages/ClaimFormPage.vue'),
    meta: { roles, title: 'titles.technician.claim_new', nav: { order: 2, icon: DocumentAdd } },
  },
  {
    path: '/technician/claims',
    name: 'claims',
    component: () => import('./pages/ClaimsPage.vue'),
    meta: { roles, title: 'titles.technician.claims', nav: { order: 3, icon: Tickets } },
  },
  {
    path: '/technician/claims/:id',
    name: 'claim',
    component: () => import('./pages/ClaimPage.vue'),
    props: true,
    meta: { roles, title: 'titles.technician.claim' },
  },
  {
    path: '/technician/claims/:id/mend',
    name: 'claim-mend',
    component: () => import('./pages/ClaimFormPage.vue'),
    props: true,
    meta: { roles, title: 'titles.technician.claim_mend' },
  },
  {
    path: '/technician/certificates',
    name: 'certificates',
    component: () => import('./pages/CertificatesPage.vue'),
    meta: { roles, title: 'titles.technician.certificates', nav: { order: 4, icon: Medal } },
  },
  {
    path: '/technician/certificates/:id',
    name: 'certificate',
    component: () => import('./pages/CertificatePage.vue'),
    props: true,
    meta: { roles, title: 'titles.technician.certificate' },
  },
  {
    path: '/technician/shares',
    name: 'shares',
    component: () => import('./pages/SharesPage.vue'),
    meta: { roles, title: 'titles.technician.shares', nav: { order: 5, icon: Share } },
  },
  {
    path: '/technician/years',
    name: 'years',
    component: () => import('./pages/YearsPage.vue'),
    meta: { roles, title: 'titles.technician.years', nav: { order: 6, icon: Calendar } },
  },
  {
    path: '/technician/employer',
    name: 'own-employer',
    component: () => import('./pages/EmployerPage.vue'),
    meta: { roles, title: 'titles.technician.employer', nav: { order: 7, icon: OfficeBuilding } },
  },
] satisfies RouteRecordRaw[]
