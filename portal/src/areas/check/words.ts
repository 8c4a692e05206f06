import type { Words } from '@/words'
import en from './words-en'
import fileEn from './words-file-en'
import fileZh from './words-file-zh'
import zh from './words-zh'

export default { zh: { ...zh, ...fileZh }, en: { ...en, ...fileEn } } satisfies Words
