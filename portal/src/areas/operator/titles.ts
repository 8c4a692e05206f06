import type { Words } from '@/words'

export default {
  zh: {
    area: '运行维护',
    watch: '运行总览',
    dashboards: '仪表盘',
    work: '待处理事项',
    intents: '制证任务',
    intent: '一项制证任务',
    lanes: '签章通道',
    parked: '停放的消息',
  },
  en: {
    area: 'Operations',
    watch: 'Overview',
    dashboards: 'Dashboards',
    work: 'Work list',
    intents: 'Certificates in the making',
    intent: 'A certificate in the making',
    lanes: 'Seal lanes',
    parked: 'Parked messages',
  },
} satisfies Words
