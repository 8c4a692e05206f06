import { describe, expect, it } from 'vitest'
import { ordered, shareText, type Template } from './templates'

const template = (form: string, version: string, state: string) => ({ form, version, state }) as Template

describe('a difference', () => {
  it('is told in percent and never rounded to nothing', () => {
    expect(shareText(0, 1000)).toBe('0%')
    expect(shareText(1, 1_000_000)).toBe('<0.01%')
    expect(shareText(123, 10_000)).toBe('1.23%')
    expect(shareText(0, 0)).toBe('0%')
  })
})

describe('versions', () => {
  it('are listed by form, those that need a word first', () => {
    const found = ordered([
      template('extract', '2026.1', 'live'),
      template('certificate', '2026.1', 'live'),
      template('certificate', '2026.2', 'draft'),
      template('certificate', '2026.10', 'draft'),
    ])
    expect(found.map(({ form, version }) => `${form} ${version}`)).toEqual([
      'certificate 2026.10',
      'certificate 2026.2',
      'certificate 2026.1',
      'extract 2026.1',
    ])
  })
})
