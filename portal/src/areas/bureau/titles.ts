import type { Words } from '@/words'

export default {
  zh: { area: '人社部门' },
  en: { area: 'Bureau' },
} satisfies Words
