import type { Words } from '@/words'

export default { zh: {}, en: {} } satisfies Words
