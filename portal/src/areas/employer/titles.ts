import type { Words } from '@/words'

export default {
  zh: { area: '单位管理', reviews: '学时审核', review: '审核申报', people: '人员确认', certificates: '证书与打印' },
  en: { area: 'Employer', reviews: 'Review of hours', review: 'Review a claim', people: 'Confirm people', certificates: 'Certificates' },
} satisfies Words
