import type { Words } from '@/words'
import en from './en-words'
import fileEn from './en-file-words'
import fileZh from './zh-file-words'
import zh from './zh-words'

export default { zh: { ...zh, ...fileZh }, en: { ...en, ...fileEn } } satisfies Words
