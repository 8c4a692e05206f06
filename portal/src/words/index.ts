import { createI18n } from 'vue-i18n'
import { display, LANGUAGES, type Language } from '@/layout/display'
import common from './common'
import { titles } from './titles'

/** The words of one area, in both languages, with the same keys. */
export interface Words {
  zh: Tree
  en: Tree
}
export type Tree = { [key: string]: string | Tree }

const LAZY = import.meta.glob<{ default: Words }>('../areas/*/words.ts')

export const i18n = createI18n({
  legacy: false,
  locale: display.language,
  fallbackLocale: 'zh',
  messages: {
    zh: { ...common.zh, titles: { ...common.zh.titles, ...titles('zh') } },
    en: { ...common.en, titles: { ...common.en.titles, ...titles('en') } },
  } as Record<Language, Tree>,
})

const loaded = new Map<string, Promise<void>>()

/** Load an area's words before one of its pages is shown. */
export function loadWords(area: string): Promise<void> {
  const known = loaded.get(area)
  if (known) return known
  const load = fetchWords(area)
  loaded.set(area, load)
  load.catch(() => loaded.delete(area))
  return load
}

async function fetchWords(area: string): Promise<void> {
  const source = LAZY[`../areas/${area}/words.ts`]
  if (!source) return
  const words = (await source()).default
  for (const language of LANGUAGES) {
    i18n.global.mergeLocaleMessage(language, { [area]: words[language] })
  }
}
