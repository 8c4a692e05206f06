import type { Words } from '@/words'

export default {
  zh: { area: '机构与省级管理', organisations: '机构与管理员', clients: '接口用户' },
  en: { area: 'Organisations and province', organisations: 'Organisations', clients: 'API clients' },
} satisfies Words
