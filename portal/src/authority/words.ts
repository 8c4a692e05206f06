import type { Words } from '@/words'
import en from './en-words'
import zh from './zh-words'

export default { zh, en } satisfies Words
