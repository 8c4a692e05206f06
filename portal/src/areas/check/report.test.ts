import { describe, expect, test } from 'vitest'
import { outlinesOn, rowsOf, troubleWith, type Report } from './report'

const report = {
  verdict: 'altered',
  checks: [],
  pages: [{ width: 600, height: 800, picture: 'AA==' }],
  differences: [
    { field: 'total_tenths', source: 'page', file: '120 学时', registry: '90 学时' },
    { field: 'total_tenths', source: 'record', file: '130 学时', registry: '90 学时' },
  ],
  fields: [
    { field: 'name', label: '姓名', outcome: 'same', file: '张*', registry: '张*', places: [{ page: 0, box: [63, 83, 117, 97] }] },
    { field: 'title_level', label: '职称层级', outcome: 'not_found', file: null, registry: '中级', places: [] },
    { field: 'total_tenths', label: '学时合计', outcome: 'differs', file: '120 学时', registry: '90 学时', places: [{ page: 0, box: [103, 403, 157, 417] }, { page: 1, box: [0, 0, 1, 1] }] },
  ],
} as unknown as Report

describe('the report on a file', () => {
  test('names what differs first, with what page and record say', () => {
    const rows = rowsOf(report)
    expect(rows.map((row) => row.field)).toEqual(['total_tenths', 'name', 'title_level'])
    expect(rows[0]).toMatchObject({
      tone: 'bad',
      registry: '90 学时',
      said: [
        { source: 'page', words: '120 学时' },
        { source: 'record', words: '130 学时' },
      ],
    })
    expect(rows[2]!.tone).toBe('open')
  })

  test('outlines each fact in shares of its page', () => {
    const outlines = outlinesOn(report, 0, rowsOf(report))
    expect(outlines.map((one) => [one.field, one.tone])).toEqual([
      ['total_tenths', 'bad'],
      ['name', 'good'],
    ])
    expect(outlines[1]!.style).toEqual({ left: '10.000%', top: '10.000%', width: '10.000%', height: '2.500%' })
  })

  test('has no outlines on a page it does not know', () => {
    expect(outlinesOn(report, 1, rowsOf(report))).toEqual([])
  })

  test.each([
    [{ name: 'a.pdf', type: 'application/pdf', size: 5 }, undefined],
    [{ name: 'A.PDF', type: '', size: 5 }, undefined],
    [{ name: 'a.jpg', type: 'image/jpeg', size: 5 }, 'not_pdf'],
    [{ name: 'a.pdf', type: 'application/pdf', size: 0 }, 'empty'],
    [{ name: 'a.pdf', type: 'application/pdf', size: 2_100_000 }, 'too_large'],
  ])('refuses at once what the service would refuse: %o', (file, trouble) => {
    expect(troubleWith(file)).toBe(trouble)
  })
})
