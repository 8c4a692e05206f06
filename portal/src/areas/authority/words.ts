import type { Words } from '@/words'
import en from './words-en'
import zh from './words-zh'

export default { zh, en } satisfies Words
