import type { Words } from '@/words'

export default {
  zh: { area: '人社部门', reviews: '学时审核', review: '审核申报' },
  en: { area: 'Bureau', reviews: 'Review of hours', review: 'Review a claim' },
} satisfies Words
