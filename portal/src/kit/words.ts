export default {
  zh: {
    retry: '重试',
    code: '代码 {code}',
    request: '编号 {id}',
    problem: '没有办成',
    what_to_do: '怎么办',
    wait: '请在 {n} 秒后再试。',
    problems: {
      portal_no_connection: {
        title: '网络没有连通',
        detail: '没有连上平台，您填写的内容还在这里。',
        remedy: '请检查网络后重试；重复提交不会办理两次。',
      },
      portal_timed_out: {
        title: '等候超时',
        detail: '平台没有及时应答，您填写的内容还在这里。',
        remedy: '请稍后重试；重复提交不会办理两次。',
      },
      portal_unreadable_answer: {
        title: '应答无法读取',
        detail: '平台的应答不完整。',
        remedy: '请稍后重试。',
      },
      portal_unexpected: {
        title: '页面出了问题',
        detail: '页面遇到了意外情况。',
        remedy: '请刷新页面后重试。',
      },
      other: { title: '没有办成', detail: '平台没有受理。', remedy: '请稍后重试。' },
    },
  },
  en: {
    retry: 'Try again',
    code: 'Code {code}',
    request: 'Reference {id}',
    problem: 'This was not done',
    what_to_do: 'What to do',
    wait: 'Please try again in {n} seconds.',
    problems: {
      portal_no_connection: {
        title: 'No connection',
        detail: 'The platform could not be reached. What you filled in is still here.',
        remedy: 'Check the network and try again; nothing is done twice.',
      },
      portal_timed_out: {
        title: 'No answer in time',
        detail: 'The platform did not answer in time. What you filled in is still here.',
        remedy: 'Please try again later; nothing is done twice.',
      },
      portal_unreadable_answer: {
        title: 'The answer cannot be read',
        detail: 'The answer of the platform is incomplete.',
        remedy: 'Please try again later.',
      },
      portal_unexpected: {
        title: 'The page has failed',
        detail: 'Something unexpected happened in the page.',
        remedy: 'Load the page again.',
      },
      other: { title: 'This was not done', detail: 'The platform did not accept it.', remedy: 'Please try again later.' },
    },
  },
}
