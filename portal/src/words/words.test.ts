import { describe, expect, test } from 'vitest'
import type { Tree, Words } from '.'
import common from './common'

const FOUND = import.meta.glob<{ default: Words }>(['../areas/*/{words,titles}.ts', '../review/words.ts', '../authority/words.ts'], { eager: true })
const SOURCES = import.meta.glob<string>(['../**/*.vue', '../**/*.ts', '!../**/*.test.ts', '!../api/generated/*'], {
  eager: true,
  query: '?raw',
  import: 'default',
})

/** All keys of a tree, `a.b.c`. */
function keys(tree: Tree, before = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [before + key] : keys(value, `${before}${key}.`),
  )
}

/** Everything that can be said, as the pages spell it. */
function known(): Set<string> {
  const all = keys(common.zh)
  for (const [path, { default: words }] of Object.entries(FOUND)) {
    const [area = '', file = ''] = path.split('/').slice(-2)
    all.push(...keys(words.zh, file === 'titles.ts' ? `titles.${area}.` : `${area}.`))
  }
  return new Set(all)
}

describe('words', () => {
  test.each(Object.entries({ common: { default: common }, ...FOUND }))('%s says the same in both languages', (_, found) => {
    expect(keys(found.default.en).sort()).toEqual(keys(found.default.zh).sort())
  })

  test.each(Object.entries({ common: { default: common }, ...FOUND }))('%s leaves nothing empty', (_, found) => {
    const empty = (tree: Tree): string[] =>
      Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? (value.trim() ? [] : [key]) : empty(value)))
    expect([...empty(found.default.zh), ...empty(found.default.en)]).toEqual([])
  })

  // A language's own name, names in examples, a table's columns, and what an office has to write stay as they are.
  const STAYS = /中文|人民医院|证书管理号|年度|理由代码|弄虚作假|是|否|专业技术人员继续教育专用章/g

  test.each(Object.entries({ common: { default: common }, ...FOUND }))('%s has no Chinese left in its English', (_, found) => {
    const left = (tree: Tree): string[] =>
      Object.values(tree).flatMap((value) =>
        typeof value === 'string' ? (/[\u4e00-\u9fff]/.test(value.replace(STAYS, '')) ? [value] : []) : left(value),
      )
    expect(left(found.default.en)).toEqual([])
  })

  test('every word that is asked for exists', () => {
    const there = known()
    const missing = Object.entries(SOURCES).flatMap(([path, source]) =>
      [...source.matchAll(/\bt\('([a-z_0-9.]+)'/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => !there.has(key))
        .map((key) => `${path}: ${key}`),
    )
    expect(missing).toEqual([])
  })

  test('no text stands in the sources', () => {
    const spoken = Object.entries(SOURCES)
      .filter(([path]) => !/(words|titles|common)\.ts$/.test(path))
      .filter(([, source]) => /[\u4e00-\u9fff]/.test(source))
      .map(([path]) => path)
    expect(spoken).toEqual([])
  })

  test('no literal text stands in a template', () => {
    const spoken = Object.entries(SOURCES).flatMap(([path, source]) => {
      const template = /<template>([\s\S]*)<\/template>/.exec(source)?.[1] ?? ''
      const bare = template.replace(/<!--[\s\S]*?-->/g, '').replace(/"[^"]*"/g, '').replace(/\{\{[\s\S]*?\}\}/g, '')
      return [...bare.matchAll(/>([^<>]*[A-Za-z\u4e00-\u9fff]{2,}[^<>]*)</g)].map((match) => `${path}: ${match[1]?.trim()}`)
    })
    expect(spoken).toEqual([])
  })
})
