import { describe, expect, it } from 'vitest'
import { asked, narrowing, readFilters, writeFilters } from './filters'

const UNIT = '6d0f8a52-3a51-5d0e-9a5e-41000041a000'

describe('filters in the address', () => {
  it('come back as they were written', () => {
    const filters = {
      year: 2026,
      subject_kind: 'public',
      activity_kind: 'degree_course',
      organisation_id: UNIT,
      holding: 'free',
      overdue: true,
      sort: 'newest',
    } as const
    expect(readFilters(writeFilters(filters))).toEqual(filters)
    expect(narrowing(filters)).toBe(6)
  })

  it('leave out what is not understood', () => {
    const query = {
      year: '1899',
      subject: '<script>',
      activity: ['a', 'b'],
      unit: '张三',
      holding: 'all',
      overdue: 'yes',
      sort: 'name',
    }
    expect(readFilters(query)).toEqual({ sort: 'oldest' })
  })

  it('keep the plain queue at a plain address', () => {
    expect(writeFilters({ sort: 'oldest' })).toEqual({})
    expect(narrowing({ sort: 'newest' })).toBe(0)
  })

  it('are asked without the order', () => {
    expect(asked('bureau', { sort: 'newest', year: 2026 })).toEqual({ step: 'bureau', year: 2026 })
  })
})
