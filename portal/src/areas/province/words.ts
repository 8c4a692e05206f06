import type { Words } from '@/words'
import clients from './clients/words'
import organisations from './organisations/words'

export default {
  zh: {
    cancel: '取消',
    save: '保存',
    noted: '已记下，关闭',
    copy: '复制',
    copy_this: '复制{label}',
    copied: '已复制',
    copy_failed: '浏览器不允许自动复制，请选中后手动复制。',
    organisations: organisations.zh,
    clients: clients.zh,
  },
  en: {
    cancel: 'Cancel',
    save: 'Save',
    noted: 'Noted, close',
    copy: 'Copy',
    copy_this: 'Copy {label}',
    copied: 'Copied',
    copy_failed: 'The browser does not let the page copy; select the text and copy it yourself.',
    organisations: organisations.en,
    clients: clients.en,
  },
} satisfies Words
