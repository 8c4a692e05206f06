import type { Words } from '@/words'

export default {
  zh: { area: '我的账户', account: '账户信息' },
  en: { area: 'My account', account: 'Account' },
} satisfies Words
