import type { Words } from '@/words'

export default {
  zh: {
    area: '我的继续教育',
    register: '专业技术人员注册',
    year: '年度进度',
    years: '历年情况',
    claims: '我的申报',
    claim_new: '申报学时',
    claim: '申报详情',
    claim_mend: '修改申报',
    certificates: '我的证书',
    certificate: '证书详情',
    shares: '分享码',
    employer: '用人单位',
  },
  en: {
    area: 'My continuing education',
    register: 'Register as a technician',
    year: 'Year at a glance',
    years: 'All years',
    claims: 'My claims',
    claim_new: 'File hours',
    claim: 'Claim',
    claim_mend: 'Mend a claim',
    certificates: 'My certificates',
    certificate: 'Certificate',
    shares: 'Share codes',
    employer: 'Employer',
  },
} satisfies Words
