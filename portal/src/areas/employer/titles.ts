import type { Words } from '@/words'

export default {
  zh: { area: '单位管理' },
  en: { area: 'Employer' },
} satisfies Words
