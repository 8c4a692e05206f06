import type { Words } from '@/words'

export default {
  zh: { area: '我的继续教育' },
  en: { area: 'My continuing education' },
} satisfies Words
