import { i18n } from '@/words'
import { LANGUAGES } from '@/layout/display'
import words from './words'

// The module is shared by two areas, so its words stand under a name of their own.
for (const language of LANGUAGES) i18n.global.mergeLocaleMessage(language, { review: words[language] })
