import type { Words } from '@/words'

export default {
  zh: {
    area: '证书核验',
    scan: '扫码核验',
    number: '按管理号核验',
    file: '上传文件核验',
    batch: '批量核查',
    office: '单位查询',
    receipt: '查阅核验回执',
    share: '凭分享码查看',
  },
  en: {
    area: 'Check a certificate',
    scan: 'Scan the code',
    number: 'Number and name',
    file: 'Hand in the file',
    batch: 'Check a table',
    office: 'Office look-up',
    receipt: 'Open a receipt',
    share: 'Open a share code',
  },
} satisfies Words
