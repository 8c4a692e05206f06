import { describe, expect, it } from 'vitest'
import { codePoint, isNameRefused, nameHints, rareCharacters } from './personName'

describe('a name as it is typed', () => {
  it('says nothing about ordinary names', () => {
    expect(nameHints('王小明')).toEqual([])
    expect(nameHints('阿依古丽·买买提')).toEqual([])
    expect(nameHints('O’Brien Mary')).toEqual([])
  })

  it('shows rare characters with their code points', () => {
    expect(nameHints('张䶮')).toEqual(['rare'])
    expect(rareCharacters('𠮷田䶮䶮')).toEqual(['𠮷', '䶮'])
    expect(codePoint('𠮷')).toBe('U+20BB7')
    expect(codePoint('䶮')).toBe('U+4DAE')
  })

  it('tells of another dot and of spaces between ideographs', () => {
    expect(nameHints('阿依古丽•买买提')).toEqual(['dot'])
    expect(nameHints('王　小明')).toEqual(['spaces'])
  })

  it('refuses what no name can be', () => {
    for (const typed of ['', '   ', '王3', '王\ue000', '王\u0007', '长'.repeat(61)]) {
      expect(isNameRefused(typed)).toBe(true)
    }
    expect(isNameRefused('长'.repeat(60))).toBe(false)
  })
})
