import { describe, expect, it } from 'vitest'
import type { Grant } from '@/session'
import { officesOf, placeOf, stepsDone } from './seals'

const grant = (role: string, kind: string) => ({ role, organisation_kind: kind }) as Grant

describe('an application', () => {
  it('is for an office that issues, by its own bureau', () => {
    const may = grant('bureau_administrator', 'prefecture')
    const found = officesOf([may, grant('bureau_administrator', 'county'), grant('provincial_administrator', 'province')])
    expect(found).toEqual([may])
  })

  it('names the seal by its place', () => {
    expect(placeOf('郑州市人力资源和社会保障局')).toBe('郑州市')
    expect(placeOf('巩义市人力资源社会保障局')).toBe('巩义市')
    expect(placeOf('河南省教育厅')).toBe('河南省教育厅')
  })

  it.each([
    ['applied', null, 1],
    ['rejected', null, 1],
    ['inspected', null, 2],
    ['inspected', 'd', 3],
    ['active', 'd', 5],
    ['suspended', 'd', 5],
  ] as const)('%s with drawing %s has done %i steps', (state, drawing_sha256, done) => {
    expect(stepsDone({ state, drawing_sha256 })).toBe(done)
  })
})
