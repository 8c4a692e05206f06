import type { Words } from '@/words'

export default {
  zh: { area: '省级管理' },
  en: { area: 'Province' },
} satisfies Words
