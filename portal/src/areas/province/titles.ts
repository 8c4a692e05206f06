import type { Words } from '@/words'

export default {
  zh: { area: '机构与省级管理', organisations: '机构与管理员', clients: '接口用户', approvals: '待批事项', templates: '证书样式', template: '样式比对' },
  en: { area: 'Organisations and province', organisations: 'Organisations', clients: 'API clients', approvals: 'Approvals', templates: 'Templates', template: 'A template version' },
} satisfies Words
