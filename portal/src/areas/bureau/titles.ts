import type { Words } from '@/words'
import { authorityTitles } from '@/authority/page-titles'

export default {
  zh: { area: '人社部门', reviews: '学时审核', review: '审核申报', ...authorityTitles.zh },
  en: { area: 'Bureau', reviews: 'Review of hours', review: 'Review a claim', ...authorityTitles.en },
} satisfies Words
