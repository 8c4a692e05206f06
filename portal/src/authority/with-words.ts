import type { Component } from 'vue'
import { i18n } from '@/words'

let installed = false

/** A page that speaks in the words which bureau, province and operators share. */
export function withWords(load: () => Promise<{ default: Component }>): () => Promise<{ default: Component }> {
  return async () => {
    const [page, words] = await Promise.all([load(), import('./words')])
    if (!installed) {
      i18n.global.mergeLocaleMessage('zh', { authority: words.default.zh })
      i18n.global.mergeLocaleMessage('en', { authority: words.default.en })
      installed = true
    }
    return page
  }
}
