import type { Tree, Words } from '.'

const FOUND = import.meta.glob<{ default: Words }>('../areas/*/titles.ts', { eager: true })

/** Titles of all areas: the navigation shows them before any area is loaded. */
export function titles(language: 'zh' | 'en'): Tree {
  return Object.fromEntries(
    Object.entries(FOUND).map(([path, found]) => [path.split('/')[2], found.default[language]]),
  ) as Tree
}
