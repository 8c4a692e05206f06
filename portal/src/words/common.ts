import kit from '@/kit/words'
import shell from '@/layout/words'
import type { Words } from '.'

/** The words of the shell and of the shared pieces: there before any area. */
export default {
  zh: {
    shell: shell.zh,
    kit: kit.zh,
    titles: { not_found: '没有这个页面', forbidden: '无权查看', section_public: '公共服务' },
  },
  en: {
    shell: shell.en,
    kit: kit.en,
    titles: { not_found: 'No such page', forbidden: 'Not open to you', section_public: 'Public services' },
  },
} satisfies Words
