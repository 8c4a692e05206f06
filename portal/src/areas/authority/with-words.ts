import type { Component } from 'vue'
import { loadWords } from '@/words'

/** A page that speaks in the words which bureau, province and operators share. */
export function withWords(load: () => Promise<{ default: Component }>): () => Promise<{ default: Component }> {
  return async () => {
    await loadWords('authority')
    return load()
  }
}
