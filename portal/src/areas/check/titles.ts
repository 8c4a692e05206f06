import type { Words } from '@/words'

export default {
  zh: { area: '证书核验' },
  en: { area: 'Check a certificate' },
} satisfies Words
