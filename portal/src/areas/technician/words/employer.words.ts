import type { Words } from '@/words'

export default {
  zh: {
    lead: '任职由用人单位管理员确认；换单位时先由原单位办理离职，再由新单位确认。',
    present: '现在的用人单位',
    none: '没有已确认的用人单位。',
    list: '任职记录',
    state: { requested: '待单位确认', confirmed: '已确认', rejected: '已退回', ended: '已离职' },
    from_to: '{from} 至 {to}',
    from: '{from} 起',
    request: '申请加入用人单位',
    request_lead: '换了单位，或上次申请被退回时，在这里申请。',
    submit: '提交申请',
    sent: '申请已提交，等待单位管理员确认。',
    number: '证书管理号',
    required: '请选择用人单位。',
  },
  en: {
    lead: 'Your employer’s administrator confirms that you work there; a former employer lets go first.',
    present: 'Present employer',
    none: 'No employer has confirmed you.',
    list: 'Record',
    state: { requested: 'Awaits confirmation', confirmed: 'Confirmed', rejected: 'Rejected', ended: 'Ended' },
    from_to: '{from} to {to}',
    from: 'since {from}',
    request: 'Ask an employer',
    request_lead: 'After a change of job, or when the last request was rejected.',
    submit: 'Ask',
    sent: 'The request is sent and awaits the administrator.',
    number: 'Management number',
    required: 'Choose an employer.',
  },
} satisfies Words
