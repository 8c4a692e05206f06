import type { Words } from '@/words'

export default {
  zh: {
    headline: '一人一号，终身有效；一年一证，扫码即验',
    lead: '为河南省专业技术人员登记继续教育学时、签发电子证书；任何人都可以核验证书真伪。',
    check: {
      title: '核验证书',
      detail: '扫描二维码、输入证书管理号和姓名，或上传证书文件，当场得出结果，无需登录。',
      go: '核验一份证书',
    },
    enter: {
      title: '登录办理',
      detail: '申报学时、查看进度、下载证书；单位审核与人社部门办理也从这里进入。',
      go: '登录',
      register: '首次使用？注册并领取证书管理号',
      resume: '进入我的工作台',
    },
    facts: {
      title: '平台承诺',
      number: { title: '证书管理号', detail: '每人只有一个，终身不变；换单位、换地区都不换号。' },
      seal: { title: '签发有据', detail: '证书由主管人社部门以自有密钥签章，入库前逐项核对，签章单位与内容均可查验。' },
      check: { title: '随时可验', detail: '状态有变，核验结果随之更新；核验页面不显示完整姓名和证件号码。' },
      trace: { title: '办理可查', detail: '每一笔学时、每一次审核都有记录；谁核验过证书，持证人看得到。' },
    },
    login: {
      title: '登录',
      login: '账号',
      login_hint: '证书管理号、居民身份证号码或管理员用户名',
      password: '密码',
      show: '显示密码',
      submit: '登录',
      empty: '请填写账号和密码。',
      ended: '为了您的账户安全，登录已结束，请重新登录。',
      help: '忘记密码时，请联系单位管理员或到经办窗口办理。',
      register: '首次使用？注册并领取证书管理号',
    },
  },
  en: {
    headline: 'One number for life, one certificate a year, checked by one scan',
    lead: 'For the continuing education of Henan’s professional technicians: hours are filed and reviewed, certificates are sealed, and anybody can check them.',
    check: {
      title: 'Check a certificate',
      detail: 'Scan its code, type number and name, or hand in the file: the answer comes at once, without a log-in.',
      go: 'Check a certificate',
    },
    enter: {
      title: 'Log in',
      detail: 'File hours, follow them, download certificates; employers and bureaus work from here too.',
      go: 'Log in',
      register: 'New here? Register and get your management number',
      resume: 'To my work place',
    },
    facts: {
      title: 'What you can rely on',
      number: { title: 'One management number', detail: 'Everybody has one, for life; it stays when employer or region change.' },
      seal: { title: 'Sealed by the bureau', detail: 'The bureau in charge seals with its own key, and every file is examined before it counts.' },
      check: { title: 'Checked at any time', detail: 'The answer follows every change; full names and ID numbers are never shown.' },
      trace: { title: 'Nothing in the dark', detail: 'Every hour and every review is on record, and holders see who has checked them.' },
    },
    login: {
      title: 'Log in',
      login: 'Login',
      login_hint: 'Management number, resident ID number, or an administrator’s user name',
      password: 'Password',
      show: 'Show the password',
      submit: 'Log in',
      empty: 'Please fill in login and password.',
      ended: 'Your session has ended; please log in again.',
      help: 'If you have forgotten the password, ask your administrator or a service counter.',
      register: 'New here? Register and get your management number',
    },
  },
} satisfies Words
