import type { Words } from '@/words'

export default {
  zh: {
    area: '我的账户',
    start: '使用指引',
    messages: '消息',
    account: '账户信息',
    sessions: '登录记录',
    password: '修改密码',
  },
  en: {
    area: 'My account',
    start: 'Getting started',
    messages: 'Messages',
    account: 'Account',
    sessions: 'Sessions',
    password: 'Password',
  },
} satisfies Words
