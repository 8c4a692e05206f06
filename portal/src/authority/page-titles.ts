/** Titles of the pages that bureaus and the province share. */
export const authorityTitles = {
  zh: {
    certificates: '证书',
    certificate: '证书详情',
    approvals: '待批事项',
    mass: '批量撤销',
    mass_job: '批量撤销的进度',
    seals: '电子签章',
    apply: '申请启用电子签章',
    seal: '电子签章详情',
    work: '待处理事项',
    intents: '制证任务',
    intent: '一项制证任务',
  },
  en: {
    certificates: 'Certificates',
    certificate: 'A certificate',
    approvals: 'Approvals',
    mass: 'Revoke many',
    mass_job: 'Revocation by file',
    seals: 'Seals',
    apply: 'Apply for a seal',
    seal: 'A seal',
    work: 'Work list',
    intents: 'Certificates in the making',
    intent: 'A certificate in the making',
  },
}
