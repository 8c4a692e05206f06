import type { Words } from '@/words'

export default {
  zh: { area: '运行维护' },
  en: { area: 'Operations' },
} satisfies Words
