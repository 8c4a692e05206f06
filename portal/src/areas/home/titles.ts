import type { Words } from '@/words'

export default {
  zh: { area: '首页', login: '登录' },
  en: { area: 'Start', login: 'Log in' },
} satisfies Words
